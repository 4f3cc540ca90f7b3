"""`alerts`: what people sent, for staff at a terminal until they have a desk."""

import asyncio
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.cli.key import PassphraseFd, PassphraseFile, Private, private_folder
from api.cli.opening import desk_of
from api.cli.options import Data, chosen
from api.cli.terminal import say
from api.trouble import Trouble

if TYPE_CHECKING:
    from api.alerts.reading import OpenedAlert, OpenedFile, OpenedText
    from api.db import AnyRow

alerts = typer.Typer(no_args_is_help=True, help="What people sent: list, read, decide.")
Id = Annotated[str, typer.Argument(metavar="ID", help="As `alerts list` shows it.")]
# Wide enough for every column, where the lines go into a file or a pipe.
_WIDTH = 160
_SUFFIXES = {"jpeg": "jpg", "png": "png", "webp": "webp", "pdf": "pdf"}
_ROW = ("id", "received_on", "lane", "lang", "state", "changed_on", "decided_on", "reason",
        "case_id", "flagged", "confirmed")  # fmt: skip


def register(app: typer.Typer) -> None:
    app.add_typer(alerts, name="alerts")


@alerts.command("list")
def show_list(
    state: Annotated[list[str] | None, typer.Option(help="Only this state; repeatable.")] = None,
    lane: Annotated[list[str] | None, typer.Option(help="Only this lane; repeatable.")] = None,
    data: Data = None,
) -> None:
    """List alerts by day, without their content; no passphrase is needed."""
    from api.alerts.reading import list_alerts
    from api.alerts.states import LANES, STATES
    from api.db import writing

    _refuse_unknown(state or [], STATES)
    _refuse_unknown(lane or [], LANES)

    async def run(address: str) -> list["AnyRow"]:
        async with writing(address) as session:
            return list(await list_alerts(session, states=state or [], lanes=lane or []))

    with desk_of(chosen(data=data)) as address:
        rows = asyncio.run(run(address))
    _print_list(rows)
    say(f"{len(rows):,}")


@alerts.command()
def show(
    name: Id,
    save: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write the files into this folder.")
    ] = None,
    private: Private = None,
    passphrase_file: PassphraseFile = None,
    passphrase_fd: PassphraseFd = None,
    data: Data = None,
) -> None:
    """Open one alert with the desk's private key and print all of it."""
    from api.alerts.reading import view
    from api.db import writing
    from api.sealing.boxes import Ring
    from api.sealing.keys import DESK, read_ring
    from api.sealing.passphrases import read_passphrase
    from api.staff.audit import CONSOLE

    settings = chosen(data=data, private_keys=private)
    folder = private_folder(settings)
    ring = read_ring(folder, DESK, read_passphrase(DESK, passphrase_file, passphrase_fd))

    async def run(address: str, ring: Ring, day: date) -> "OpenedAlert":
        async with writing(address) as session:
            return await view(session, ring, name, CONSOLE, day, saving=save is not None)

    with desk_of(settings) as address:
        opened = asyncio.run(run(address, ring, settings.clock()()))
    # Here the entry in the audit trail is committed.
    for line in _lines(opened):
        typer.echo(line)
    if save is not None:
        for file in _save(opened, save):
            say(str(file))


@alerts.command()
def decide(
    name: Id,
    state: Annotated[str, typer.Option(metavar="checking|rejected|spam|received")],
    reason: Annotated[
        str | None, typer.Option(metavar="CODE", help="Shown to whoever holds the receipt.")
    ] = None,
    data: Data = None,
) -> None:
    """Set the state of an alert: being checked, rejected, spam, or open again."""
    from api.alerts.reading import decide as settle
    from api.db import writing
    from api.staff.audit import CONSOLE

    settings = chosen(data=data)

    async def run(address: str) -> None:
        async with writing(address) as session:
            await settle(session, name, state, reason, CONSOLE, settings.clock()())

    with desk_of(settings) as address:
        asyncio.run(run(address))
    say(f"{name}: {state}")


def _refuse_unknown(given: list[str], known: tuple[str, ...]) -> None:
    if not set(given) <= set(known):
        raise Trouble(f"只能是：{'、'.join(known)}", f"It is one of: {', '.join(known)}")


def _print_list(rows: list["AnyRow"]) -> None:
    table = Table(box=None, pad_edge=False)
    for title in ("", "编号 id", "收到 received", "通道 lane", "语言", "状态 state",
                  "更改 changed", "文件 files", "补充 added", "邮箱 mail"):  # fmt: skip
        table.add_column(title, no_wrap=True)
    for row in rows:
        table.add_row(
            "!" if row.flagged else "",
            row.id,
            row.received_on.isoformat(),
            row.lane,
            row.lang,
            f"{row.state}{' ∅' if row.emptied and row.state != 'withdrawn' else ''}",
            row.changed_on.isoformat() if row.changed_on else "",
            str(row.files or ""),
            f"{row.additions or ''}{' +' if row.later else ''}",
            "✓" if row.confirmed else "",
        )
    output = Console(highlight=False, markup=False, emoji=False)
    if not output.is_terminal:
        output.width = _WIDTH
    output.print(table)


def _lines(opened: "OpenedAlert") -> Iterator[str]:
    from api.alerts.visible import lines_of

    for column in _ROW:
        value = getattr(opened.row, column)
        if value is not None:
            yield from lines_of(column, str(value))
    yield ""
    yield from _text(opened.alert)
    for number, addition in enumerate(opened.additions, 1):
        yield ""
        yield f"── 补充 addition {number}, {addition.received_on}"
        yield from _text(addition)


def _text(text: "OpenedText") -> Iterator[str]:
    from api.alerts.visible import lines_of

    if text.emptied:
        yield "（内容已删除 the content has been deleted）"
    elif text.content is None:
        yield "（打不开：已损坏，或属于另一把私钥 cannot be opened: damaged, or of another key）"
    else:
        content = dict(text.content)
        form = content.pop("form", None)
        fields = form if isinstance(form, dict) else {"form": form} if form is not None else {}
        for name, value in (*fields.items(), *content.items()):
            if value is not None and name != "v":
                yield from lines_of(name, value)
    for number, file in enumerate(text.files, 1):
        yield f"文件 file {number}: {_about(file)}"


def _about(file: "OpenedFile") -> str:
    from api.alerts.visible import visible

    if file.body is None:
        return f"{visible(file.kind)}，打不开 cannot be opened"
    kept = f"; 原件 original {len(file.original):,} B" if file.original is not None else ""
    return f"{visible(file.kind)} {len(file.body):,} B{kept}"


def _save(opened: "OpenedAlert", folder: Path) -> Iterator[Path]:
    """Writes the files, for the owner's eyes only, under names that nobody sent."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for group, text in enumerate((opened.alert, *opened.additions)):
            for number, file in enumerate(text.files, 1):
                stem = f"{opened.row.id}-{group}-{number}"
                suffix = _SUFFIXES.get(file.kind, "file")
                for name, body in (
                    (f"{stem}.{suffix}", file.body),
                    (f"{stem}.original", file.original),
                ):
                    if body is not None:
                        yield _written(folder / name, body)
    except FileExistsError as error:
        raise Trouble(
            f"{error.filename} 已存在，不会覆盖。",
            f"{error.filename} exists and is not overwritten.",
        ) from None
    except OSError as error:
        raise Trouble(
            f"无法写入 {folder}。", f"Cannot write into {folder}: {error.strerror}."
        ) from None


def _written(file: Path, body: bytes) -> Path:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with open(os.open(file, flags, 0o600), "wb") as out:
        out.write(body)
    return file
