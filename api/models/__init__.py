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
from api.models.contacts import Contact, ContactView
from api.models.desk import Batch, Inquiry, Mapping, Waiting
from api.models.imports import ImportRow
from api.models.periods import DecidedPeriod
from api.models.places import PlaceRow
from api.models.replies import Reply
from api.models.revisions import Revision, Withdrawn
from api.models.search import Block, Posting, Replaced
from api.models.sources import Source
from api.models.staff import Request, StaffAccount, StaffDevice, StaffSession, StaffToken
from api.models.terms import TermRow

__all__ = [
    "Addition",
    "AdditionFile",
    "Alert",
    "Archive",
    "Attachment",
    "AuditEntry",
    "Base",
    "Batch",
    "Block",
    "CaseColumns",
    "Confirmation",
    "Contact",
    "ContactView",
    "DecidedPeriod",
    "DeskCase",
    "IdempotentAnswer",
    "ImportRow",
    "Inquiry",
    "Mapping",
    "OutboxMail",
    "PlaceRow",
    "Posting",
    "PublicCase",
    "Replaced",
    "Reply",
    "Request",
    "Revision",
    "Source",
    "SpentToken",
    "StaffAccount",
    "StaffDevice",
    "StaffSession",
    "StaffToken",
    "TermRow",
    "Waiting",
    "Withdrawn",
]
