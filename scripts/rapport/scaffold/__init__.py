"""A new report begun from this one: another State, another Committee's rules, another year.

`questionnaire` asks, at a terminal or in a file; `profiles` are the rules of each Committee as dated data;
`outline` makes the plan, `pages` the editor's pages without what only this report says, `folder` writes all of it
into a new folder, with the program beside it. Nothing of the present report is touched.
"""
