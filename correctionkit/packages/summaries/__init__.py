"""Summary tables: headings, status, rows, and writing them anew."""
