"""Tests of sealed boxes and their keys."""
