"""What is said and asked about logins, accounts and tokens."""

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Me(BaseModel):
    """Who is logged in; `operations` is what the matrix lets him do with this login or token."""

    name: str
    role: str
    fresh: bool
    operations: list[str]
    token: str | None
    # Accounts that the budget of contact views has stopped; for admins.
    alarms: list[str] = []
