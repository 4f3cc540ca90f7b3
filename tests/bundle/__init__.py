"""Tests of the page's build: its steps with stand-ins for Node and npm, its result for real."""
