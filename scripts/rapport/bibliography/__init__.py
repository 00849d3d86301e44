"""BibLaTeX sources read with their places, one library of works, and citations written out by citeproc."""
