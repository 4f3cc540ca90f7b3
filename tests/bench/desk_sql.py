"""SQL of the desk's measurements: what is put into the archive, and one publication by hand."""

from collections.abc import Sequence
from datetime import date
from typing import Any

WORDS = "Better canteen food"
# $1: how many, $2: the day of the last one.
ALERTS = (
    "INSERT INTO intake.alerts (id, received_on, lane, lang, receipt, box)"
    " SELECT upper(substr(md5(n::text), 1, 13)), $2::date - n % 200,"
    " (ARRAY['proven', 'plain', 'unproven'])[1 + n % 3], 'zh', sha256(n::text::bytea),"
    " decode(repeat('00', 800), 'hex') FROM generate_series(1, $1::int) n"
)
# $1: the wording, $2: how many cases state it.
STATE = (
    "UPDATE desk.cases SET stated = jsonb_build_object('issue', jsonb_build_array($1::text)),"
    " issues = issues || 'other'::text"
    " WHERE id IN (SELECT id FROM desk.cases ORDER BY id LIMIT $2::int)"
)


def publication(new: str, model: str, day: date) -> Sequence[tuple[str, Sequence[Any]]]:
    """The statements of one publication: `new` becomes public as a copy of `model`."""
    return (
        ("SELECT pg_advisory_xact_lock(1)", ()),
        ("SELECT * FROM desk.cases WHERE id = $1", (model,)),
        ("SELECT * FROM desk.sources WHERE case_id = $1", (model,)),
        ("SELECT * FROM desk.replies WHERE case_id = $1", (model,)),
        ("SELECT * FROM desk.contacts WHERE case_id = $1", (model,)),
        ("UPDATE pub.archive SET change = change + 1", ()),
        (
            "INSERT INTO pub.cases SELECT (jsonb_populate_record(model, jsonb_build_object("
            "'id', $1::text, 'change', (SELECT change FROM pub.archive)))).*"
            " FROM pub.cases model WHERE id = $2",
            (new, model),
        ),
        (
            "INSERT INTO pub.revisions (case_id, revision, change, day, kind, fields, document)"
            " SELECT id, 1, change, $2, 'published', '{}', document FROM pub.cases WHERE id = $1",
            (new, day),
        ),
        (
            "UPDATE desk.cases SET state = 'published', published_edit = edit WHERE id = $1",
            (model,),
        ),
        (
            "INSERT INTO desk.audit (number, day, actor, act, subject, fields, hash)"
            " SELECT number + 1, $1, 'bench', 'publish', $2, '{}', hash FROM desk.audit"
            " ORDER BY number DESC LIMIT 1",
            (day, new),
        ),
    )
