"""Whom a request of the desk comes from, as a route asks for it; the gate has proved it before.

A route that the gate did not let anybody into is entered by nobody.
"""

from starlette.requests import Request

from api.errors import Problem
from api.staff.access.acting import Acting

# Where the gate leaves what it has proved, and for which route.
KEY, ROUTE = "qiuzhu.acting", "qiuzhu.route"


async def acting(request: Request) -> Acting:
    """Who acts, proved and allowed by the matrix. Raises Problem where nobody is."""
    who = request.scope.get(KEY)
    # Where the gate and the router find different routes for an address, it is nobody's.
    if not isinstance(who, Acting) or request.scope.get("endpoint") is not request.scope.get(ROUTE):
        raise Problem("not-logged-in")
    return who
