"""Drafts: numbered, frozen, sent out to be read."""
