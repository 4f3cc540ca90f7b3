"""What every route of the desk is handed: who acts, the database, keys, vocabulary and day."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from api.clock import Clock
from api.db import Desk
from api.lang import Lang, asked_lang
from api.reference import Reference
from api.sealing.boxes import Lock, Ring
from api.settings import Settings
from api.staff.access.acting import Acting
from api.staff.access.guard import acting


@dataclass(frozen=True, slots=True)
class Work:
    """One request at the desk; `acting` is proved and allowed to ask this."""

    acting: Acting
    desk: Desk
    reference: Reference
    ring: Ring
    lock: Lock
    today: date
    lang: Lang
    settings: Settings


async def work(request: Request, who: Annotated[Acting, Depends(acting)]) -> Work:
    state = request.app.state
    clock: Clock = state.clock
    asked = asked_lang(request.query_params.get("lang"), request.headers.get("accept-language"))
    return Work(
        acting=who,
        desk=state.database,
        reference=state.reference,
        ring=state.ring,
        lock=state.lock,
        today=clock(),
        lang=asked or "en",
        settings=state.settings,
    )


Working = Annotated[Work, Depends(work)]
