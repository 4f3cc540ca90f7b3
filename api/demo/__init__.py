"""Demonstration data: invented bilingual cases, the same for the same seed and day.

Nothing here writes to a database; the sentences are in `data/*.toml`.
"""
