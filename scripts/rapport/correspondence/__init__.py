"""What is written to associations: letters, their own files with comments, consent letters, agreements."""
