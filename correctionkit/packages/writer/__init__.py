"""Packages written out, whole or not at all."""
