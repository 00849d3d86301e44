"""Bench: the pipeline and the protection of children, measured."""
