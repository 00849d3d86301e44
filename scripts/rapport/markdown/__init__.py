"""Contributions' Markdown: read by pandoc alone, every block given its place, limits known before."""
