"""Correction requests: one student, one field, one old and new value, one reason."""
