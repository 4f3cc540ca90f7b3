"""Tests of the published cases' surfaces."""
