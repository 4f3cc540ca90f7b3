"""The importer. A file becomes drafts without a database: reading.py is the way in, and storing.py
writes them. Nothing is imported here: the workbook process starts in this package.
"""
