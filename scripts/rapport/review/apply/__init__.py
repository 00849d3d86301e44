"""Accepted remarks written into the texts that they are about, each proved."""
