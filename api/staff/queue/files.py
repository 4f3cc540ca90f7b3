"""GET /staff/alerts/{id}/files/{file}: a file that somebody sent, so that no browser opens it."""

from fastapi import APIRouter
from sqlalchemy import select
from starlette.responses import Response

from api.db import AnyRow, ReadSession
from api.errors import Problem
from api.ids import is_id
from api.models import Addition, AdditionFile, Alert, Attachment
from api.sealing.boxes import CannotOpen
from api.staff import audit
from api.staff.work import Working

router = APIRouter()
# Pictures were written anew by us. All else is somebody's bytes, and called nothing.
_PICTURES = {
    "jpeg": ("image/jpeg", "jpg"),
    "png": ("image/png", "png"),
    "webp": ("image/webp", "webp"),
}
_BYTES = "application/octet-stream"


@router.get(
    "/staff/alerts/{id}/files/{file}",
    response_class=Response,
    responses={200: {"content": {_BYTES: {}, "image/jpeg": {}, "image/png": {}, "image/webp": {}}}},
    summary="A file of an alert",
)
async def read_file(id: str, file: str, work: Working, original: bool = False) -> Response:
    """The file as re-encoded, or the original where that was to be kept; always to be saved, never
    to be shown in place. Each look is in the audit trail."""
    async with work.desk.transaction() as session:
        await audit.hold(session)
        row = await _row(session, id, file) if is_id(id) and is_id(file) else None
        box = None if row is None else row.original if original else row.box
        if row is None or box is None:
            raise Problem("not-found")
        try:
            body = work.ring.open(bytes(box), f"{'original' if original else 'file'}/{file}")
        except CannotOpen:
            raise Problem("cannot-open") from None
        act = audit.Act("alert.file", id, ["original"] if original else [])
        await audit.append(session, work.acting.name, work.today, [act])
    media, suffix = _PICTURES.get(row.kind, (_BYTES, "pdf" if row.kind == "pdf" else "file"))
    if original:
        media, suffix = _BYTES, "original"
    return Response(
        body,
        media_type=media,
        headers={
            "Content-Disposition": f'attachment; filename="{id}-{file}.{suffix}"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "no-store",
        },
    )


async def _row(session: ReadSession, alert: str, file: str) -> AnyRow | None:
    """A file of this very alert, or of what was added to it."""
    attached = await session.first(
        select(Attachment.kind, Attachment.box, Attachment.original).where(
            Attachment.id == file, Attachment.alert_id == alert
        )
    )
    return attached or await session.first(
        select(AdditionFile.kind, AdditionFile.box, AdditionFile.original)
        .join(Addition, Addition.id == AdditionFile.addition_id)
        .join(Alert, Alert.receipt == Addition.receipt)
        .where(AdditionFile.id == file, Alert.id == alert)
    )
