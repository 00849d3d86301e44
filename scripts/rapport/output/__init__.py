"""The document as files: DOCX, PDF and HTML, and the visitor that their writers share."""
