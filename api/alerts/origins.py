"""Whether a browser sends a form from our own pages: other sites' forms are not taken.

A client that says nothing of where it comes from is no browser that could be misled.
"""

from urllib.parse import urlsplit

from starlette.requests import Request

from api.errors import Problem


def refuse_cross_site(request: Request) -> None:
    """Raises Problem "cross-site". Sec-Fetch-Site decides; where it is missing, Origin does."""
    site = request.headers.getlist("sec-fetch-site")
    if site:
        # `same-site` is a neighbour under the same registered domain: also another's page.
        if any(each not in ("same-origin", "none") for each in site):
            raise Problem("cross-site")
        return
    origins = request.headers.getlist("origin")
    if any(origin not in _own(request) for origin in origins):
        raise Problem("cross-site")


def _own(request: Request) -> set[str]:
    """The addresses that this site is read at: the one it was told, and the one asked for now.

    A browser writes Host itself, so that another's page cannot choose it; an onion address and a
    proxy that ends TLS are found that way.
    """
    told = urlsplit(request.app.state.settings.address)
    host = request.headers.get("host", "")
    return {f"{told.scheme}://{told.netloc}", *(f"{scheme}://{host}" for scheme in _WEB if host)}


_WEB = ("http", "https")
