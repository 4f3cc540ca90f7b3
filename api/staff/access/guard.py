"""Whom a request of the desk comes from, as a route asks for it; the gate has proved it before.

A route that the gate did not let anybody into is entered by nobody.
"""

from starlette.requests import Request

from api.errors import Problem
from api.staff.access.acting import Acting

# Where the gate leaves what it has proved.
KEY = "qiuzhu.acting"


async def acting(request: Request) -> Acting:
    """Who acts, proved and allowed by the matrix. Raises Problem where nobody is."""
    who = request.scope.get(KEY)
    if not isinstance(who, Acting):
        raise Problem("not-logged-in")
    return who
