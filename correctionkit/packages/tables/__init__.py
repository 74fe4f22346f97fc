"""Workbooks and CSV files, in and out: what was typed in each cell, exactly."""
