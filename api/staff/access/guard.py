"""Whom a request of the desk comes from, or why it is refused: before any route is entered."""

from starlette.requests import Request

from api.errors import Problem
from api.staff.access.acting import Acting


async def acting(request: Request) -> Acting:
    """Who acts. Raises Problem where nobody is logged in or the matrix forbids what is asked."""
    raise Problem("not-logged-in")
