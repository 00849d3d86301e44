"""The document as a Word file: pandoc's, on a reference document made by code, then mended."""
