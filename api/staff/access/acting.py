"""Who a request comes from, once that is proved and the matrix allows what is asked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Acting:
    """A member of staff. `token` names the personal token where a script acts for him."""

    id: str
    name: str
    role: str
    token: str | None = None
