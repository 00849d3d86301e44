"""The agreement of each association to its text as it stands: asked for, recorded, and told."""
