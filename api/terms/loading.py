"""Writes the vocabularies into `pub.terms`, as the owner, again after every edit of the files."""

from sqlalchemy import delete, insert

from api.db import WriteSession
from api.models import TermRow
from api.staff.inventory import used_codes
from api.terms.vocabulary import Terms
from api.trouble import Trouble


async def load_terms_into(session: WriteSession, terms: Terms) -> int:
    """Replaces all terms by those of the files; answers their number.

    Raises Trouble where a code that cases use is no longer in the files.
    """
    rows = terms.rows()
    await session.execute(delete(TermRow))
    await session.execute(insert(TermRow), rows)
    known = {(row["kind"], row["code"]) for row in rows}
    lost = sorted(f"{kind} {code}" for kind, code in await used_codes(session) - known)
    if lost:
        named = ", ".join(lost[:20])
        raise Trouble(f"仍有案例使用这些已删除的代码：{named}", f"cases still use: {named}")
    return len(rows)
