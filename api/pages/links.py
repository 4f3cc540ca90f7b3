"""Addresses inside the site: the reader's filters and language go along wherever a link leads."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Links:
    """Makes addresses. `lang` is the language as it stands in this page's address, if it does."""

    given: Mapping[str, str]
    sort: str | None = None
    lang: str | None = None

    def to(self, path: str, cursor: str | None = None, **changes: str | None) -> str:
        """`path` with the filters of this page, some of them changed or (None) taken away."""
        filters = {**self.given, **changes}
        given = {name: value for name, value in filters.items() if value is not None}
        return self._written(path, given, self.sort, cursor)

    def unfiltered(self, path: str) -> str:
        """`path` in the same order and language without filters."""
        return self._written(path, {}, self.sort, None)

    def bare(self, path: str) -> str:
        """`path` without filters."""
        return self._written(path, {}, None, None)

    def in_language(self, path: str, lang: str | None) -> str:
        """`path` with these filters in another language, or in whichever the browser asks for."""
        return Links(self.given, self.sort, lang).to(path)

    def _written(
        self, path: str, given: Mapping[str, str], sort: str | None, cursor: str | None
    ) -> str:
        own = {"sort": sort, "lang": self.lang, "cursor": cursor}
        query = {**given, **{name: value for name, value in own.items() if value}}
        return f"{path}?{urlencode(query, safe=',/')}" if query else path
