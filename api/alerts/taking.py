"""How an alert is taken, for the API and for the pages: once, with the files that can be kept."""

from collections.abc import Sequence

from api.alerts.files import FileRefused, accept
from api.alerts.forms import AlertForm
from api.alerts.intake import Intake
from api.alerts.lanes import Lane, Lanes
from api.alerts.receipts import Hashes
from api.alerts.rows import File
from api.alerts.told import BUDGET, Added, Left, Submitted
from api.clock import Clock
from api.db import Adding
from api.sealing.keys import DESK, MAIL, read_lock
from api.sealing.stored import read_receipt_key
from api.settings import Settings, UnsafeSettings

_MEGABYTE = 1_000_000


def open_intake(settings: Settings, address: str, clock: Clock) -> Intake | None:
    """The intake of this process; None where the keys are missing that alerts are sealed with.

    Raises UnsafeSettings for keys that are none.
    """
    if settings.desk_key is None or settings.receipt_key is None:
        return None
    try:
        to_staff = read_lock(DESK, settings.desk_key)
    except ValueError:
        raise UnsafeSettings("QIUZHU_DESK_KEY is not a public key of the desk") from None
    try:
        to_mail = read_lock(MAIL, settings.mail_key) if settings.mail_key else None
    except ValueError:
        raise UnsafeSettings("QIUZHU_MAIL_KEY is not a public key of the mail worker") from None
    try:
        hashes = Hashes(read_receipt_key(settings.receipt_key))
    except ValueError:
        raise UnsafeSettings("QIUZHU_RECEIPT_KEY must be 32 bytes in base64") from None
    lanes = Lanes(
        plain_hourly=settings.plain_hourly, file_bytes=settings.file_budget_mb * _MEGABYTE
    )
    return Intake(Adding(address), clock, hashes, to_staff=to_staff, to_mail=to_mail, lanes=lanes)


async def take_alert(
    intake: Intake,
    form: AlertForm,
    bodies: Sequence[bytes],
    *,
    key: str,
    proof: str | None = None,
) -> Submitted:
    """Takes an alert, or answers again what this key was answered.

    `proof` is a solution of a challenge; without one, or with one that does not hold, the alert is
    taken all the same. Raises Problem for a key with another body, or in work for too long.
    """
    digest = intake.keys.digest(key, form.model_dump_json().encode(), bodies)
    async with intake.keys.turn(key):
        earlier = await intake.replayed(key, digest)
        if earlier is not None:
            return earlier
        token = intake.work.token(proof)
        lane: Lane = "proven" if token is not None else intake.lanes.without_proof()
        files, refused = await _accepted(
            intake, bodies, budgeted=lane == "unproven", keep_original=form.keep_original
        )
        return await intake.submit(
            form, files, key=key, body=digest, lane=lane, token=token, refused=refused
        )


async def take_addition(
    intake: Intake,
    receipt: str,
    story: str,
    bodies: Sequence[bytes] = (),
    *,
    keep_original: bool = False,
) -> Added:
    """Adds words and files to an open alert. Nobody learns more of a receipt than its holder."""
    files: Sequence[File] = ()
    refused: Sequence[Left] = ()
    if bodies and await intake.is_open(receipt):
        accepted, refused = await _accepted(
            intake, bodies, budgeted=True, keep_original=keep_original
        )
        files, refused = intake.afforded(accepted, refused)
    known = await intake.add(receipt, story, files)
    return Added(True, len(files), tuple(refused)) if known else Added(False)


async def _accepted(
    intake: Intake, bodies: Sequence[bytes], *, budgeted: bool, keep_original: bool
) -> tuple[list[File], list[Left]]:
    """The files that can be kept. A file that cannot costs nobody the rest of his words."""
    files: list[File] = []
    refused: list[Left] = []
    for position, body in enumerate(bodies):
        if budgeted and not intake.lanes.files.holds(len(body)):
            # No work is done for what will not be kept.
            refused.append(Left(position, BUDGET))
            continue
        try:
            files.append(File(position, await accept(body, keep_original=keep_original)))
        except FileRefused as refusal:
            refused.append(Left(position, refusal.code))
    return files, refused
