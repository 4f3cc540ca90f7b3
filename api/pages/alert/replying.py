"""How every page of the alert answers: kept nowhere, named neutrally, nothing in its address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from api.pages import words
from api.pages.answering import Page, filled
from api.pages.links import Links
from api.pages.policy import PAGE_POLICY
from api.pages.visit import Reader, reader_of

# Where "leave now" leads: what anybody might be reading, in the language of the page.
EXITS = {"zh": "https://www.baidu.com/", "en": "https://en.wikipedia.org/wiki/Weather"}
# Answers about a receipt are as long as one another, up to this many bytes and its multiples.
BUCKET = 32_768


@dataclass(frozen=True, slots=True)
class Reply:
    """Makes the pages for one request."""

    request: Request
    reader: Reader

    def page(
        self,
        view: str,
        content: Mapping[str, Any],
        *,
        status: int = 200,
        indexed: bool = False,
        padded: bool = False,
    ) -> Response:
        """The template alert/`view`. `padded` hides from who watches the line what was answered."""
        said = self.reader.words.alert
        page = Page(
            view=f"alert/{view}",
            title=said.title,
            description=said.description,
            path="/alert",
            canonical=Links({}),
            links=Links({}, None, self.reader.named),
            indexed=indexed,
            content={"said": said, "exit": EXITS[self.reader.lang], **content},
        )
        body = filled(self.request, self.reader, page)
        headers = {
            "Cache-Control": "no-store",
            "Content-Security-Policy": PAGE_POLICY,
            "Content-Language": words.TAGS[self.reader.lang],
            # A browser would look up the host of the way out before anybody asks for it.
            "X-DNS-Prefetch-Control": "off",
        }
        if padded:
            body += b" " * (-len(body) % BUCKET)
            # Compressed, the length would tell again.
            headers["Content-Encoding"] = "identity"
        if status == 503:
            headers["Retry-After"] = "5"
        if self.reader.named is None:
            headers["Vary"] = "Accept-Language"
        return Response(body, status, headers, "text/html")


def replying(request: Request) -> Reply:
    return Reply(request, reader_of(request))
