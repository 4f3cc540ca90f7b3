"""The tables, one file per noun; importing this package fills `Base.metadata`."""

from api.models.alerts import (
    Addition,
    AdditionFile,
    Alert,
    Attachment,
    Confirmation,
    IdempotentAnswer,
    OutboxMail,
    SpentToken,
)
from api.models.archive import Archive
from api.models.audit import AuditEntry
from api.models.base import Base
from api.models.cases import CaseColumns, DeskCase, PublicCase
from api.models.imports import ImportRow
from api.models.places import PlaceRow
from api.models.replies import Reply
from api.models.revisions import Revision, Withdrawn
from api.models.sources import Source
from api.models.terms import TermRow

__all__ = [
    "Addition",
    "AdditionFile",
    "Alert",
    "Archive",
    "Attachment",
    "AuditEntry",
    "Base",
    "CaseColumns",
    "Confirmation",
    "DeskCase",
    "IdempotentAnswer",
    "ImportRow",
    "OutboxMail",
    "PlaceRow",
    "PublicCase",
    "Reply",
    "Revision",
    "Source",
    "SpentToken",
    "TermRow",
    "Withdrawn",
]
