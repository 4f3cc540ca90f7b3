"""What a person is told when nothing could be stored, and what status that has."""

import logging
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from api.alerts.told import Left
from api.errors import KINDS, Problem

log = logging.getLogger("qiuzhu")
# Our own mistakes in a statement are failures, not a database that is away.
_OURS = (ProgrammingError, DataError, IntegrityError)


class Failure(NamedTuple):
    """`text` is the reason and what to do. `lasting` failures also offer the text to copy."""

    status: int
    text: str
    lasting: bool = False


def failure(error: Exception, said: Any) -> Failure:
    """Any exception as what a person may see of it."""
    if isinstance(error, PoolTimeout):
        error = Problem("busy")
    elif isinstance(error, (DBAPIError, OSError)) and not isinstance(error, _OURS):
        error = Problem("unavailable")
    elif not isinstance(error, Problem):
        # Class only: message, cause and traceback may hold what was sent.
        log.error("%s at /alert", type(error).__name__)
        error = Problem("failed")
    kind, status = error.kind, KINDS[error.kind][0]
    errors = said.errors
    if kind == "no-alerts":
        return Failure(status, errors.no_alerts, lasting=True)
    if status == 409:
        return Failure(status, errors.running)
    if status == 413:
        return Failure(status, errors.too_large)
    if kind == "busy":
        return Failure(status, errors.busy, lasting=True)
    if status == 503:
        return Failure(status, errors.unavailable, lasting=True)
    if was_used(error):
        return Failure(status, errors.used)
    if status >= 500:
        return Failure(status, errors.failed, lasting=True)
    return Failure(status, errors.form)


def was_used(error: Exception) -> bool:
    """Whether the form's key came before with another body."""
    return isinstance(error, Problem) and error.kind == "idempotency-conflict"


def left_out(refused: Sequence[Left], said: Any) -> list[str]:
    """Which files were not taken, counted as people count, and why."""
    return [getattr(said.errors.files, code).format(at + 1) for at, code in refused]
