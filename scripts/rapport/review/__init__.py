"""Drafts that come back: read, laid beside the draft they were made of, and their remarks kept in one ledger."""
