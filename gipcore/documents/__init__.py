"""Readers: bytes to a Document of headings, paragraphs and grids. They know nothing of the form."""
