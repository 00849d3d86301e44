"""The steps from what was sent to what is accepted: each a function from values to one value, which says what it
counts. `reading` makes values of files, `checking` judges them; `pipeline.examine` is their order."""
