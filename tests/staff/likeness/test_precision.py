"""How good the suggestions are: precision and recall on invented near-duplicates, with floors."""

from collections import Counter, defaultdict

from api.cluster.roles import Addresses
from api.db import writing
from api.places.gazetteer import load_gazetteer
from api.staff.drafts import Draft
from api.staff.writing import write_drafts
from tests.asking import API
from tests.staff.likeness.inventing import Inventor
from tests.staff.people import MakePerson

APPEALS = 30
# Of all suggestions, those that are right; of all near-duplicates, those that are suggested.
PRECISION, RECALL = 0.95, 0.97


async def test_suggestions_are_right_and_few_are_missed(
    archive: Addresses, person: MakePerson
) -> None:
    inventor = Inventor(seed=5)
    told: list[tuple[str, str, Draft]] = []
    for _ in range(APPEALS):
        first, story = inventor.appeal()
        told.append((first.id, "first", first))
        told += ((first.id, kind, draft) for kind, draft in inventor.duplicates(first, story))
        told += ((draft.id, kind, draft) for kind, draft in inventor.lookalikes(first, story))
    async with writing(archive.desk) as session:
        await write_drafts(session, load_gazetteer(), [draft for _, _, draft in told])
    what = {draft.id: about for about, _, draft in told}
    kinds = {draft.id: kind for _, kind, draft in told}
    same = defaultdict(set)
    for id_, about in what.items():
        same[about].add(id_)
    viewer = await person("viewer")
    right = wrong = 0
    found, wanted, mistakes = Counter[str](), Counter[str](), Counter[str]()
    for about, kind, draft in told:
        answer = await viewer.get(f"{API}/staff/cases/{draft.id}/duplicates")
        assert answer.status_code == 200, answer.text
        suggested = {item["case"]["id"] for item in answer.json()["items"]}
        twins = same[about] - {draft.id}
        right += len(suggested & twins)
        wrong += len(suggested - twins)
        mistakes.update(f"{kind} ~ {kinds[id_]}" for id_ in suggested - twins)
        if kind != "first" and twins:
            # Does staff who look at the repost see the case that is there already?
            wanted[kind] += 1
            found[kind] += about in suggested
    precision = right / (right + wrong)
    recall = found.total() / wanted.total()
    each = {kind: round(found[kind] / count, 3) for kind, count in wanted.items()}
    told_in = f"precision {precision:.3f}, recall {recall:.3f} {each}, wrong {dict(mistakes)}"
    assert precision >= PRECISION, told_in
    assert recall >= RECALL, told_in
    assert min(each.values()) >= RECALL - 0.07, told_in
