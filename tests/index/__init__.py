"""The index: segments, how it follows the archive, and its agreement with SQL."""
