"""Tests of the desk.

A package, so that tests/staff/queue does not pose as the standard library's.
"""
