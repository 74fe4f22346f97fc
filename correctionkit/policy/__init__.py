"""Policies: one institution's rules in one period, as data."""
