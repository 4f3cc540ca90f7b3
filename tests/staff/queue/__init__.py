"""Tests of the alert queue: listed, opened, decided on, made into drafts; and news."""
