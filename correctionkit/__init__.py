"""The rules of correction requests: evidence, scans, names, numbers, packages."""

__version__ = "0.1.0"
