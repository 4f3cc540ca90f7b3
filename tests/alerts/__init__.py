"""Tests of alerts: taken, sealed, read at the desk, kept no longer than told."""
