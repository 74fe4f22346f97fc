"""Composing a package from loose material."""
