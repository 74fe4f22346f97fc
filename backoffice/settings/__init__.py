"""Settings: what all share in base, then one module for each way of running."""
