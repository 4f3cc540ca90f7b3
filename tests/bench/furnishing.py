"""What the desk has before it is measured: alerts, drafts, an account, and words to map."""

from api.cluster.roles import Addresses
from api.db import writing
from api.ids import new_id
from api.places.gazetteer import load_gazetteer
from api.staff.access import tokens
from api.staff.writing import write_drafts
from api.terms.vocabulary import load_terms
from tests.bench.cases import TODAY, Inventor
from tests.bench.desk_sql import ALERTS, STATE, WORDS
from tests.bench.stage import Stage, connected

DRAFTS, MOST_ALERTS = 3_000, 50_000


async def furnish(stage: Stage, addresses: Addresses) -> tuple[str, list[str]]:
    """Alerts, drafts, an account with a token, and half of the cases stating one wording."""
    cases = stage.loaded.cases
    owner = await connected(addresses.owner)
    try:
        await owner.execute(ALERTS, min(cases // 2, MOST_ALERTS), TODAY)
        await owner.execute(STATE, WORDS, cases // 2)
        account = new_id()
        await owner.execute(
            "INSERT INTO desk.staff (id, name, role, password, totp, made_on, fresh)"
            " VALUES ($1, 'bench', 'publisher', '', '', $2, false)",
            account,
            TODAY,
        )
    finally:
        await owner.close()
    drafts = list(
        Inventor(load_gazetteer(), load_terms(), seed=11).cases(min(DRAFTS, max(cases // 5, 200)))
    )
    async with writing(addresses.desk) as session:
        await write_drafts(session, load_gazetteer(), drafts)
        scopes = ["read", "edit", "publish"]
        _, token = await tokens.make(session, account, "bench", scopes, TODAY, 2)
    tidy = await connected(addresses.owner)
    await tidy.execute("VACUUM (ANALYZE) desk.cases, intake.alerts")
    await tidy.close()
    return token, [draft.id for draft in drafts]
