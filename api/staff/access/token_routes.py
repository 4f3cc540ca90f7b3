"""One's own tokens for scripts: which there are, new ones, and taking one back."""

from fastapi import APIRouter
from starlette.responses import Response

from api.db import AnyRow
from api.errors import Problem
from api.staff import audit
from api.staff.access import tokens
from api.staff.access.schemas import MadeToken, NewToken, Token, Tokens
from api.staff.audit import Act
from api.staff.work import Working

router = APIRouter(prefix="/staff/tokens", tags=["staff"])


@router.get("")
async def read_tokens(work: Working) -> Tokens:
    """One's own tokens, without what they are."""
    async with work.desk.read() as session:
        rows = await tokens.of(session, work.acting.id)
    return Tokens(items=[Token.model_validate(_shown(row)) for row in rows])


@router.post("", status_code=201)
async def add_token(asked: NewToken, work: Working) -> MadeToken:
    """A token of one's own, said once. It may do what its scopes and one's role both allow."""
    who = work.acting
    async with work.desk.transaction() as session:
        row, token = await tokens.make(
            session, who.id, asked.label, asked.scopes, work.today, asked.days
        )
        await audit.append(session, who.name, work.today, [Act("token.add", row.id, row.scopes)])
    return MadeToken.model_validate({**_shown(row), "token": token})


@router.delete("/{id}", status_code=204)
async def remove_token(id: str, work: Working) -> Response:
    """Takes a token back; it counts no more with the next request."""
    who = work.acting
    async with work.desk.transaction() as session:
        if not await tokens.remove(session, who.id, id):
            raise Problem("not-found")
        await audit.append(session, who.name, work.today, [Act("token.remove", id)])
    return Response(status_code=204)


def _shown(row: AnyRow) -> dict[str, object]:
    return dict(row._mapping)
