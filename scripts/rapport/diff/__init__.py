"""One engine that lays two texts side by side: words, blocks, inlines, and the Markdown they come from."""
