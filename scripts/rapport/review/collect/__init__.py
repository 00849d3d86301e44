"""Drafts that come back: each laid beside the draft it was made of, every remark kept once in the ledger."""
