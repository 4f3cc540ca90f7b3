"""Tests of who is at the desk and what he may do."""
