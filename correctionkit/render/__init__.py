"""A checked package shown: as text, JSON, a page, a workbook, in either language."""
