"""`retention`: deletes what has been kept long enough; for a nightly timer."""

import asyncio
from datetime import datetime

import typer

from api.cli.opening import desk_of
from api.cli.options import Data, chosen
from api.cli.terminal import say
from api.clock import SHANGHAI

_TITLES = {
    "alerts": "求助的内容已删除 alerts emptied",
    "files": "附件已删除 files deleted",
    "additions": "补充已删除 additions deleted",
    "contacts": "联系方式已删除 contacts deleted",
    "flagged": "久未处理，已标记 flagged as waiting too long",
    "mails": "确认邮件地址已删除 mail addresses deleted",
    "links": "用过的确认链接已删除 used links deleted",
    "answers": "防重复记录已删除 answers to repeated submissions deleted",
    "proofs": "用过的工作量证明已删除 spent proofs deleted",
    "receipts": "回执已作废 receipts forgotten",
}


def register(app: typer.Typer) -> None:
    app.command()(retention)


def retention(data: Data = None) -> None:
    """Delete what people sent as soon as its time is over; a second run changes nothing."""
    from api.alerts.periods import periods_in_force
    from api.alerts.retention import tidy
    from api.db import writing
    from api.staff.audit import CONSOLE

    settings = chosen(data=data)
    now = datetime.now(SHANGHAI)
    if settings.today is not None:
        now = datetime.combine(settings.today, now.timetz())

    async def run(address: str) -> dict[str, int]:
        async with writing(address) as session:
            kept = await periods_in_force(session, settings)
            return await tidy(session, kept, now, CONSOLE)

    with desk_of(settings) as address:
        counts = asyncio.run(run(address))
    for name, title in _TITLES.items():
        say(f"{counts[name]:>7,}  {title}")
