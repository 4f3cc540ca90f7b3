"""Cases at the desk: found, read, written, published, corrected, merged and taken back."""
