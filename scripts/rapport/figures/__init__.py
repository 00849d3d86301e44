"""figures: what associations counted, defined before it is asked, added only where somebody vouches for the sum, and
printed only where no reader can find a child by subtraction.

`indicators` reads the definitions, `grids` the files that people fill, `counts` makes numbers of cells, `combining`
lays several associations' numbers together, `network` and `protection` prove what may be printed, `publication` keeps
what was printed once and for all: the report prints that record and never sees a raw count.
"""

INDICATORS, PUBLISHED = "chapters/indicateurs.yaml", "chapters/chiffres-publies.yaml"
"""What is counted, and what was published of it; without the one and the other, no build imports more of this room."""
