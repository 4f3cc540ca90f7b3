"""What is said and asked about logins, accounts and tokens."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.staff.access.passwords import LONGEST

Role = Literal["viewer", "moderator", "publisher", "admin"]
Scope = Literal["read", "edit", "publish", "import"]
Password = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=16)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=64)]
# Shown in lists and in the audit trail: one line.
Label = Annotated[
    str, StringConstraints(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$")
]


class Asked(BaseModel):
    """A body: nothing in it that we do not know."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class Login(Asked):
    name: Name
    password: Password
    code: Code


class PasswordChange(Asked):
    old: Password
    new: Password
    code: Code


class NewAccount(Asked):
    name: Name
    role: Role


class NewRole(Asked):
    role: Role


class NewToken(Asked):
    label: Label
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=4)]
    days: Annotated[int, Field(ge=1, le=365)]


class Me(BaseModel):
    """Who is logged in; `operations` is what the matrix lets him do with this login or token."""

    name: str
    role: Role
    fresh: bool
    operations: list[str]
    token: str | None
    # Accounts that the budget of contact views has stopped; for admins.
    alarms: list[str] = []


class Account(BaseModel):
    name: str
    role: Role
    made_on: date
    disabled: bool
    locked: bool
    fresh: bool


class Accounts(BaseModel):
    items: list[Account]


class Handed(BaseModel):
    """Said once: what to hand to the person; `uri` goes into an authenticator."""

    name: str
    role: Role
    password: str
    secret: str
    uri: str


class Token(BaseModel):
    id: str
    label: str
    scopes: list[Scope]
    made_on: date
    expires_on: date


class Tokens(BaseModel):
    items: list[Token]


class MadeToken(Token):
    """The token is said once."""

    token: str
