"""The report: contributions merged under the outline, numbered, templates filled in, lists derived, laid out."""
