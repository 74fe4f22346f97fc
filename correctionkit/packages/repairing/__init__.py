"""Repairing what is safe to repair, in a copy."""
