"""The document as a PDF: data that a typst template walks."""
