"""Tests of contacts: budget, consent and what readers see."""
