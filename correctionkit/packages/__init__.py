"""Packages: folders and ZIPs of filed corrections, read, checked, composed and repaired."""
