"""Tests in a real browser, in TypeScript; the site they look at is made by `site.py`."""
