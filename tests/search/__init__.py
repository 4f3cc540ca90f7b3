"""Keyword search: tokens, blocks, lookups."""
