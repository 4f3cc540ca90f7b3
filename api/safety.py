"""What a serving process refuses to start with; each refusal names the setting, never its value."""

from ipaddress import ip_network
from urllib.parse import urlsplit

from sqlalchemy import text

from api.db import Database
from api.sealing.stored import faulty_key, misplaced_key
from api.settings import Settings, UnsafeSettings


def refuse_unsafe_settings(settings: Settings) -> str:
    """The public process's database address, once the settings are found safe.

    Raises UnsafeSettings.
    """
    for variable, value in (
        ("DATABASE_OWNER_URL", settings.database_owner_url),
        ("DATABASE_DESK_URL", settings.database_desk_url),
        ("DATABASE_MAIL_URL", settings.database_mail_url),
        ("QIUZHU_PRIVATE_KEYS", settings.private_keys),
        ("QIUZHU_SMTP_URL", settings.smtp_url),
    ):
        # Whoever takes this process must find no other door in its environment.
        if value is not None:
            raise UnsafeSettings(f"{variable} must not reach the public process")
    if settings.database_url is None:
        raise UnsafeSettings("DATABASE_URL is not set")
    if any(_trusts_all(proxy) for proxy in settings.trusted_proxies):
        raise UnsafeSettings("QIUZHU_TRUSTED_PROXIES must name proxies, not trust all of them")
    if settings.public_url is not None:
        _refuse_odd_address(settings.public_url)
    _refuse_wrong_keys(settings)
    return settings.database_url


def refuse_unsafe_desk_settings(settings: Settings) -> str:
    """The staff process's database address, once the settings are found safe.

    Raises UnsafeSettings.
    """
    for variable, value in (
        ("DATABASE_URL", settings.database_url),
        ("DATABASE_OWNER_URL", settings.database_owner_url),
        ("DATABASE_MAIL_URL", settings.database_mail_url),
        ("QIUZHU_SMTP_URL", settings.smtp_url),
    ):
        if value is not None:
            raise UnsafeSettings(f"{variable} must not reach the staff process")
    if settings.database_desk_url is None:
        raise UnsafeSettings("DATABASE_DESK_URL is not set")
    if any(_trusts_all(proxy) for proxy in settings.trusted_proxies):
        raise UnsafeSettings("QIUZHU_TRUSTED_PROXIES must name proxies, not trust all of them")
    return settings.database_desk_url


def _refuse_wrong_keys(settings: Settings) -> None:
    faulty = faulty_key(settings)
    if faulty is not None:
        raise UnsafeSettings(f"{faulty} is not a key of that kind, as `key new` writes it")
    misplaced = misplaced_key(settings.data)
    if misplaced is not None:
        raise UnsafeSettings(
            f"{misplaced.name} in QIUZHU_DATA is a private key, which must not be in the public"
            " process's reach"
        )


def _trusts_all(proxy: str) -> bool:
    try:
        return ip_network(proxy, strict=False).prefixlen == 0
    except ValueError:
        return "*" in proxy


def _refuse_odd_address(address: str) -> None:
    parts = urlsplit(address)
    odd = parts.query or parts.fragment or parts.username or parts.path not in ("", "/")
    if parts.scheme not in ("http", "https") or not parts.hostname or "*" in parts.netloc or odd:
        raise UnsafeSettings("QIUZHU_PUBLIC_URL must be http(s)://host[:port] and nothing more")


_RULES = (
    "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls"
    " OR pg_has_role(current_user, (SELECT datdba FROM pg_database"
    "    WHERE datname = current_database()), 'member')"
)


async def refuse_unsafe_desk_login(database: Database) -> None:
    """Raises UnsafeSettings where the login could change or delete what the desk may not."""
    question = text(f"{_RULES} FROM pg_roles WHERE rolname = current_user")
    async with database.read() as session:
        if await session.value(question):
            raise UnsafeSettings(
                "DATABASE_DESK_URL logs in as an owner or a superuser; it must be the desk's login"
            )


async def refuse_unsafe_login(database: Database) -> None:
    """Raises UnsafeSettings where the login could do more than read what is public."""
    question = text(
        f"{_RULES}"  # noqa: S608 (made of constants)
        " OR coalesce(has_schema_privilege(to_regnamespace('desk'), 'USAGE'), false)"
        # The mail worker's login, and any other to which alerts or addresses are more than a slot.
        " OR EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        "    WHERE n.nspname = 'intake' AND c.relkind = 'r'"
        "    AND has_any_column_privilege(c.oid, 'SELECT'))"
        " FROM pg_roles WHERE rolname = current_user"
    )
    async with database.read() as session:
        if await session.value(question):
            raise UnsafeSettings(
                "DATABASE_URL logs in as an owner, a superuser or the desk, or as the mail worker;"
                " it must be a login that may only read what is published and add alerts"
            )
