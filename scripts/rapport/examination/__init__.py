"""The steps from what was sent to what is accepted: each a function from values to one value, which counts itself.

`opening` reads the texts and sets pandoc to work, `reading` makes values of files, `checking` judges them; `result` is
what they make together, `pipeline.examine` their order. What only all texts together show (the same demand, the same
story, unused references) is looked at last, and cached under all texts.
"""
