"""POST /staff/imports: a file of cases, whole or not at all, with the report of the command."""

import tempfile
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import ClientDisconnect, Request

from api.errors import Problem
from api.safety import refuse_unsafe_desk_settings
from api.staff.importing.files import EXTENSIONS, FileRejected
from api.staff.importing.reading import FileToRead
from api.staff.importing.storing import import_file
from api.staff.work import Working
from api.terms.vocabulary import MapName

router = APIRouter(tags=["staff"])
LARGEST = 50 * 1024 * 1024


@router.post(
    "/staff/imports",
    summary="Import a file",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
            },
        }
    },
)
async def post_import(
    request: Request,
    work: Working,
    name: Annotated[str, Query(min_length=1, max_length=200)],
    map: Annotated[MapName, Query()],
    publish: bool = False,
    dry_run: bool = False,
) -> dict[str, Any]:
    """xls, xlsx, CSV or JSON lines, at most 50 MB, by the name's ending. Rows that are known stay
    as they are; wordings that staff have mapped get their terms. With `publish` a token needs the
    scope `publish` as well."""
    if publish and work.acting.token is not None and "publish" not in work.acting.scopes:
        raise Problem("forbidden")
    shown = Path(name.replace("\\", "/")).name or "file"
    # A name of our own: nothing of what was sent becomes part of a path.
    ending = Path(shown).suffix.lower()
    with tempfile.TemporaryDirectory(prefix="qiuzhu-import-") as folder:
        path = Path(folder) / f"file{ending if ending in EXTENSIONS else ''}"
        await _receive(request, path)
        try:
            report = await import_file(
                refuse_unsafe_desk_settings(work.settings),
                FileToRead(path, map, name=shown),
                day=work.today,
                actor=work.acting.name,
                publishing=publish,
                dry_run=dry_run,
            )
        except FileRejected as refusal:
            raise Problem("invalid-parameter", "file", refusal.text) from None
    return report.as_json()


async def _receive(request: Request, path: Path) -> None:
    """The body into a file, which is gone with its folder when the answer is made."""
    size = 0
    with path.open("wb") as file:
        try:
            async for part in request.stream():
                size += len(part)
                if size > LARGEST:
                    raise Problem("too-large")
                file.write(part)
        except ClientDisconnect:
            raise Problem("bad-request") from None
