"""Qiuzhu (求助): a public, bilingual map and JSON API of workers' calls for help in China."""

__version__ = "0.1.0"
