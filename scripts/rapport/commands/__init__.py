"""The verbs of `rapport`, one file each, and the context that they share."""
