"""Tests of the reading half of the importer, on invented files that they write themselves."""
