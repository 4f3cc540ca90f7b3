"""Likeness: sketches, suggestions, and how good they are."""
