"""Forms: the Word and OpenDocument files that associations fill in."""
