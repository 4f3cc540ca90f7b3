"""Tests of what people read without scripts."""
