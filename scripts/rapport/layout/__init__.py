"""Layout: the report's pages in order, numbered, cross-referenced, put in the habits of print."""
