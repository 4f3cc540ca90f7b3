"""An archive that changes by chance: publishes, corrects, withdraws and merges invented cases."""

from random import Random
from typing import Any

from sqlalchemy import update

from api.cases.parameters import CaseFilters
from api.cases.reasons import Reason
from api.cases.view import View, resolve
from api.cluster.roles import Addresses
from api.db import WriteSession, writing
from api.models import DeskCase
from api.places.gazetteer import load_gazetteer
from api.reference import Vocabulary, read_vocabulary
from api.staff.drafts import Draft
from api.staff.publishing import publish, withdraw
from api.staff.rendering import Renderer
from api.staff.writing import write_drafts
from api.terms.vocabulary import load_terms
from tests.archives import TODAY
from tests.bench.cases import Inventor

_WORDS = ("薪", "讨薪", "公司", "船员", "a", "police", "没有拿到工资", "3个", "示例", "%", "2,")
_COMPANIES = ("电", "物流", "co", "Sheng", "晟禾电子")
_BOXES = ("113,22,115,24", "100,20,125,45", "73,3,135,54", "-10,-10,10,10")


class Walk:
    """Each step is one transaction, as the desk's are."""

    def __init__(self, archive: Addresses, seed: int) -> None:
        self._archive = archive
        self.random = Random(seed)
        self._inventor = Inventor(load_gazetteer(), load_terms(), seed=seed)
        self.published: list[Draft] = []

    async def start(self, count: int) -> None:
        async with writing(self._archive.desk) as session:
            await self._publish(session, list(self._inventor.cases(count)))

    async def step(self) -> None:
        """A few cases come, and one is corrected, withdrawn or merged."""
        random = self.random
        async with writing(self._archive.desk) as session:
            await self._publish(session, list(self._inventor.cases(random.randrange(1, 6))))
            what = random.choice(("correct", "withdraw", "merge"))
            case = random.choice(self.published)
            if what == "correct":
                await self._again(session, case)
                return
            self.published.remove(case)
            into = random.choice(self.published).id if what == "merge" else None
            reason: Reason = "duplicate" if into else "privacy"
            await withdraw(
                session, case.id, reason=reason, actor="console", day=TODAY, merged_into=into
            )

    async def _publish(self, session: WriteSession, drafts: list[Draft]) -> None:
        await write_drafts(session, load_gazetteer(), drafts)
        renderer = Renderer(await read_vocabulary(session))
        ids = [draft.id for draft in drafts]
        day = TODAY.replace(day=self.random.randrange(1, 22))
        await publish(session, renderer, ids, actor="console", day=day)
        self.published += drafts

    async def _again(self, session: WriteSession, case: Draft) -> None:
        """With another date, industry and title, so that it stands elsewhere."""
        other = next(self._inventor.cases(1))
        changed = {
            "date": other.date,
            "date_precision": other.date_precision,
            "industry": other.industry,
            "title_zh": other.title.zh,
        }
        await session.execute(update(DeskCase).where(DeskCase.id == case.id).values(changed))
        renderer = Renderer(await read_vocabulary(session))
        await publish(session, renderer, [case.id], actor="console", day=TODAY)

    def views(self, vocabulary: Vocabulary, count: int) -> list[View]:
        """Sets of filters, each of which may be with any other."""
        return [resolve(self._filters(vocabulary), vocabulary, TODAY) for _ in range(count)]

    def _filters(self, vocabulary: Vocabulary) -> CaseFilters:
        random = self.random
        terms, places = vocabulary.terms, [*vocabulary.places.places]
        near = random.choice(self.published)
        makers: dict[str, Any] = {
            "region": lambda: near.place or random.choice(places),
            "industry": lambda: near.industry or "other",
            "issue": lambda: ",".join(near.issues) or "other",
            "action": lambda: ",".join(near.actions) or "other",
            "response": lambda: random.choice(terms.of("response")).code,
            "platform": lambda: random.choice(terms.of("platform")).code,
            "ownership": lambda: near.ownership or "other",
            "accident_type": lambda: random.choice(terms.of("accident_type")).code,
            "company": lambda: random.choice(_COMPANIES),
            "q": lambda: " ".join(random.sample(_WORDS, random.choice((1, 1, 2)))),
            "participants_min": lambda: random.choice(("0", "100", "101")),
            "participants_max": lambda: random.choice(("100", "1000")),
            "deaths_min": lambda: random.choice(("0", "1", "3")),
            "injuries_min": lambda: random.choice(("1", "7", "8")),
            **dict.fromkeys(
                ("replied", "has_source", "has_contact", "placed"),
                lambda: random.choice(("true", "false")),
            ),
            "bbox": lambda: random.choice(_BOXES),
        }
        since = random.choice(("all", "all", "2026", "2025-03", "2019", None))
        asked: dict[str, Any] = {
            "map": random.choice(("calls", "strikes", "accidents", "all", "all"))
        }
        asked |= {"since": since} if since else {}
        for name in random.sample(list(makers), random.choice((0, 1, 1, 2, 3))):
            asked[name] = makers[name]()
        return CaseFilters.model_validate(asked)
