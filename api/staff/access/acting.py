"""Who a request comes from, once that is proved and the matrix allows what is asked."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Acting:
    """A member of staff. `token` names the personal token where a script acts for him."""

    id: str
    name: str
    role: str
    token: str | None = None
    # What that token may be used for; none where somebody has logged in.
    scopes: frozenset[str] = frozenset()
    # The password was given by somebody else and must be changed before anything else.
    fresh: bool = False
    # The hash of the session, to end it.
    session: bytes = field(default=b"", repr=False)
