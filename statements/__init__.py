"""The documents: frozen contexts in, HTML and PDF out."""
