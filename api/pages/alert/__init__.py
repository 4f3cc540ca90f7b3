"""Incident Alert as plain pages: the form, its check, the receipt. No script and no cookie."""

from api.pages.alert.routes import router

__all__ = ["router"]
