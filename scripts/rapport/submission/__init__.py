"""Submission: the package that is handed in to the Committee."""
