"""The back office: requests from draft to record, who did what when, and the files."""
