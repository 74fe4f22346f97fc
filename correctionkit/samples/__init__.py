"""Made-up people and drawn scans, for trying the checks without anybody's papers."""
