"""Readers: files of other programs in, one neutral bundle out. Nothing here knows the store."""
