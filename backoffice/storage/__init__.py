"""Where private files are kept."""
