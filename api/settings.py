"""The settings: one frozen object, the only reader of the environment."""

import os
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AliasChoices, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from api.clock import Clock, fixed, today

Surface = Literal["public", "staff"]
# The numbers by which a machine calls itself.
LOOPBACK = ("127.0.0.1", "::1")


class UnsafeSettings(ValueError):
    """A setting that must not be served with; the message names the variable, never its value."""


# What a child process needs of the environment to run at all.
_PASSED_ON = ("PATH", "PYTHONPATH", "PYTHONSAFEPATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "TERM")
# What other people's programs get to see nothing of: addresses hold passwords.
_OURS = ("QIUZHU_", "DATABASE_", "PG")


def _named(variable: str) -> AliasChoices:
    return AliasChoices(variable)


class Settings(BaseSettings):
    """What a process was told. Every variable stands in the README's configuration table."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    database_url: str | None = Field(None, validation_alias=_named("DATABASE_URL"))
    database_owner_url: str | None = Field(None, validation_alias=_named("DATABASE_OWNER_URL"))
    database_desk_url: str | None = Field(None, validation_alias=_named("DATABASE_DESK_URL"))
    database_mail_url: str | None = Field(None, validation_alias=_named("DATABASE_MAIL_URL"))
    host: str = Field("127.0.0.1", validation_alias=_named("QIUZHU_HOST"))
    port: int = Field(8000, ge=1, le=65535, validation_alias=_named("QIUZHU_PORT"))
    staff_port: int = Field(8001, ge=1, le=65535, validation_alias=_named("QIUZHU_STAFF_PORT"))
    data: Path = Field(Path(".data"), validation_alias=_named("QIUZHU_DATA"))
    demo: bool = Field(True, validation_alias=_named("QIUZHU_DEMO"))
    public_url: str | None = Field(None, validation_alias=_named("QIUZHU_PUBLIC_URL"))
    today: date | None = Field(None, validation_alias=_named("QIUZHU_TODAY"))
    # Public halves of the pairs that `./qiuzhu key new` makes; without them no alert is taken.
    desk_key: str | None = Field(None, validation_alias=_named("QIUZHU_DESK_KEY"))
    mail_key: str | None = Field(None, validation_alias=_named("QIUZHU_MAIL_KEY"))
    # 32 bytes in base64; receipts are stored as hashes under it.
    receipt_key: str | None = Field(None, repr=False, validation_alias=_named("QIUZHU_RECEIPT_KEY"))
    private_keys: Path | None = Field(None, validation_alias=_named("QIUZHU_PRIVATE_KEYS"))
    # smtp://user:password@host:port, or smtps:// for TLS from the first byte.
    smtp_url: str | None = Field(None, repr=False, validation_alias=_named("QIUZHU_SMTP_URL"))
    mail_from: str | None = Field(None, validation_alias=_named("QIUZHU_MAIL_FROM"))
    mail_hourly: int = Field(60, ge=1, validation_alias=_named("QIUZHU_MAIL_HOURLY"))
    # How long things are kept; the privacy page says the same numbers.
    rejected_days: int = Field(30, ge=1, validation_alias=_named("QIUZHU_REJECTED_DAYS"))
    contact_days: int = Field(90, ge=1, validation_alias=_named("QIUZHU_CONTACT_DAYS"))
    mail_hours: int = Field(72, ge=1, validation_alias=_named("QIUZHU_MAIL_HOURS"))
    idempotency_hours: int = Field(24, ge=1, validation_alias=_named("QIUZHU_IDEMPOTENCY_HOURS"))
    receipt_days: int = Field(365, ge=1, validation_alias=_named("QIUZHU_RECEIPT_DAYS"))
    # An hour's budgets: alerts without proof of work before they wait behind the others, and
    # megabytes of files from those.
    plain_hourly: int = Field(60, ge=0, validation_alias=_named("QIUZHU_PLAIN_HOURLY"))
    file_budget_mb: int = Field(500, ge=0, validation_alias=_named("QIUZHU_FILE_BUDGET_MB"))
    # For how long an answer of a moment ago is good enough; a withdrawn case is gone within 5.
    fresh_seconds: float = Field(1, ge=0, le=4, validation_alias=_named("QIUZHU_FRESH_SECONDS"))
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        (), validation_alias=_named("QIUZHU_TRUSTED_PROXIES")
    )

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [part.strip() for part in value.split(",")] if isinstance(value, str) else value

    def clock(self) -> Clock:
        """The clock of the machine, unless QIUZHU_TODAY holds it still."""
        return fixed(self.today) if self.today else today

    @property
    def address(self) -> str:
        """The public address without a trailing slash, joined to paths when reading."""
        if self.public_url:
            return self.public_url.rstrip("/")
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def read_settings() -> Settings:
    """The settings of this process.

    Raises UnsafeSettings naming the variables that could not be read, without their values.
    """
    try:
        return Settings()
    except ValidationError as error:
        # A validation error repeats the input, which may be an address with its password.
        names = sorted({str(part["loc"][0]) for part in error.errors(include_input=False)})
        raise UnsafeSettings(f"cannot be read: {', '.join(names)}") from None


def serving_environment(settings: Settings, surface: Surface = "public") -> dict[str, str]:
    """The whole environment of a serving process started from here: no address at all.

    Only the staff process is told where private keys lie.
    """
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    environment |= {
        "QIUZHU_HOST": settings.host,
        "QIUZHU_PORT": str(settings.port),
        "QIUZHU_STAFF_PORT": str(settings.staff_port),
        "QIUZHU_TRUSTED_PROXIES": ",".join(settings.trusted_proxies),
    }
    told: dict[str, object] = {
        # It looks there for private keys, to refuse them.
        "QIUZHU_DATA": settings.data.absolute(),
        "QIUZHU_PUBLIC_URL": settings.public_url,
        "QIUZHU_TODAY": settings.today,
        # What seals, never what opens.
        "QIUZHU_DESK_KEY": settings.desk_key,
        "QIUZHU_MAIL_KEY": settings.mail_key,
        "QIUZHU_RECEIPT_KEY": settings.receipt_key,
        "QIUZHU_REJECTED_DAYS": settings.rejected_days,
        "QIUZHU_CONTACT_DAYS": settings.contact_days,
        "QIUZHU_MAIL_HOURS": settings.mail_hours,
        "QIUZHU_IDEMPOTENCY_HOURS": settings.idempotency_hours,
        "QIUZHU_RECEIPT_DAYS": settings.receipt_days,
        "QIUZHU_PLAIN_HOURLY": settings.plain_hourly,
        "QIUZHU_FILE_BUDGET_MB": settings.file_budget_mb,
        "QIUZHU_FRESH_SECONDS": settings.fresh_seconds,
    }
    if surface == "staff":
        told["QIUZHU_PRIVATE_KEYS"] = settings.private_keys
    return environment | {name: str(value) for name, value in told.items() if value is not None}


def building_environment(before_path: Path | None = None) -> dict[str, str]:
    """The environment of npm, Vite and pip: proxies and registries are set there, so it is all of
    ours but what is this service's own; `before_path` is put before PATH."""
    environment = {
        name: value
        for name, value in os.environ.items()
        # Set to "development" or "test" it would build a bundle for that.
        if not name.startswith(_OURS) and name != "NODE_ENV"
    }
    if before_path is not None:
        environment["PATH"] = f"{before_path}{os.pathsep}{environment.get('PATH', os.defpath)}"
    return environment
