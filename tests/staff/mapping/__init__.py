"""Mapping what imports said to terms."""
