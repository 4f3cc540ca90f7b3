"""Incident Alerts: a call for help that is sealed on arrival and read by nobody on this side."""
