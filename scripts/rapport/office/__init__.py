"""Word and OpenDocument files that people send: opened under limits, read, never executed."""
