"""Makes a database ready to serve: logins, migrations, places and terms, re-rendered labels.

Used by every command that needs the archive; knows nothing of how the database was started.
"""

import hashlib
from collections.abc import Callable

import asyncpg
import orjson
from sqlalchemy import select, update

from api.cluster.roles import Addresses
from api.db import plain_address, writing
from api.migrating import admit_logins, migrate
from api.models import Archive
from api.places.gazetteer import Gazetteer, load_gazetteer
from api.places.loading import load_places
from api.reference import read_vocabulary
from api.staff.relabelling import relabel
from api.staff.rendering import Renderer
from api.terms.loading import load_terms_into
from api.terms.vocabulary import Terms, load_terms

Say = Callable[[str], None]


async def prepare(addresses: Addresses, say: Say) -> bool:
    """Brings the database to this version; answers whether places or terms had changed."""
    logins = {
        "qiuzhu_public": addresses.public,
        "qiuzhu_desk": addresses.desk,
        "qiuzhu_mail": addresses.mail,
    }
    await migrate(addresses.owner)
    await admit_logins(addresses.owner, logins)
    return await load_vocabulary(addresses, say)


async def load_vocabulary(addresses: Addresses, say: Say) -> bool:
    """Loads places and terms where the files differ from the database; answers whether they did.

    Documents are rendered again, so that a new label shows on old cases too.
    """
    gazetteer, terms = load_gazetteer(), load_terms()
    digest = vocabulary_digest(gazetteer, terms)
    async with writing(addresses.owner) as session:
        if await session.value(select(Archive.vocabulary)) == digest:
            return False
    say("正在载入地名与术语… loading places and terms…")
    connection = await asyncpg.connect(plain_address(addresses.owner))
    try:
        await load_places(connection, gazetteer)
    finally:
        await connection.close()
    async with writing(addresses.owner) as session:
        await load_terms_into(session, terms)
        # Another digest than the files': whoever comes after an interruption begins again.
        await session.execute(update(Archive).values(vocabulary=f"{digest}, not yet in documents"))
    async with writing(addresses.desk) as session:
        renderer = Renderer(await read_vocabulary(session))
        await relabel(session, renderer, progress=lambda done: say(f"… {done:,}"))
    async with writing(addresses.owner) as session:
        await session.execute(update(Archive).values(vocabulary=digest))
    return True


def vocabulary_digest(gazetteer: Gazetteer, terms: Terms) -> str:
    """Names this very set of places and terms."""
    rows = [list(gazetteer.places.values()), terms.rows()]
    return hashlib.blake2b(orjson.dumps(rows), digest_size=16).hexdigest()
