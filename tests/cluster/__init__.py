"""Tests of the embedded cluster, on real ones in folders of their own."""
