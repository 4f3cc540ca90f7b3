"""The closed vocabularies: industry, issue, action, response, platform, ownership, accident type.

The words are data (`data/*.toml`), read by `vocabulary.py`; code knows no term but the catch-alls.
"""
