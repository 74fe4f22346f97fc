"""The words of coded parameters: faults, changes, signs, measures."""
