"""The safe reader: a folder or ZIP as a tree of entries."""
