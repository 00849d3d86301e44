"""What only developers run: the bench, and the builders of word lists and fonts."""
