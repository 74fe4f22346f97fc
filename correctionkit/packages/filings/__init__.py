"""Students' filings: folders, evidence and the roll, matched."""
