"""What a browser sends because another site told it to: refused before anybody is looked up."""

from starlette.requests import Request

from api.errors import Problem

# Another site's script may not set it without asking first, and is never allowed to.
HEADER = "qiuzhu-desk"
SAFE = ("GET", "HEAD", "OPTIONS")


def refuse_crossing(request: Request) -> None:
    """Raises Problem "cross-site". Sec-Fetch-Site decides; where it is missing, Origin does."""
    headers = request.headers
    sites = headers.getlist("sec-fetch-site")
    # `same-site` is a neighbour under the same registered domain: also another's page.
    crossing = any(site not in ("same-origin", "none") for site in sites)
    if request.method not in SAFE:
        if not sites:
            host = headers.get("host", "")
            own = (f"https://{host}", f"http://{host}")
            crossing = any(origin not in own for origin in headers.getlist("origin"))
        crossing = crossing or headers.getlist(HEADER) != ["1"]
    if crossing:
        raise Problem("cross-site")
