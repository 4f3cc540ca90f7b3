"""The archive as sets of cases in memory: derived from `pub`, followed by change, no truth."""
