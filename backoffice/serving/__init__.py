"""The office of one machine: made ready, then served to this machine."""
