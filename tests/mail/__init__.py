"""Tests of the mail worker, against a real SMTP server."""
