"""What each document shows: texts, already worded, ordered and masked."""
