"""Scans: measure a picture once, judge it without the file, repair what is safe."""
