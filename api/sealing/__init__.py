"""Sealed boxes and their keys: what is locked here opens only where the private key is."""
