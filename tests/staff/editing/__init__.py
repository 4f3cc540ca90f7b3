"""Tests of cases at the desk: saved, published, merged, taken back, and what never shows."""
