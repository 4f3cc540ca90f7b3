"""Tests of what takes two people."""
