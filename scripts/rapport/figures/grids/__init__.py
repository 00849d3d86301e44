"""grids: CSV files and workbooks as tables of cells, under limits; what a cell hides is said, never guessed."""
