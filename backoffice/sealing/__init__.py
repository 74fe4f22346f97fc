"""Sealed values: one field for what is private, and keyed digests to find it by."""
