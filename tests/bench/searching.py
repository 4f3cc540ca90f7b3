"""Keywords that nobody asked before: rare ones, and a common one the first time and again."""

from collections.abc import Sequence
from statistics import median

from api.search.tokens import is_phrase
from tests.bench import words
from tests.bench.asking import EVERYTHING, long_windows
from tests.bench.filtering import ask
from tests.bench.results import Floor, Row
from tests.bench.stage import Stage, connected

# Shares of the archive.
RARE, COMMON = 0.01, 0.15
AGAIN = 40
_CANDIDATES = (
    *(zh for zh, _ in words.RARE[::3]),
    *(one[0] + two[0] for one, two in zip(words.RARE[::4], words.RARE[1::4], strict=True)),
    *(zh for zh, _ in words.GOODS[::3]),
    *(en.split()[0] for _, en in words.GOODS[1::3]),
    *(en.split()[0] for _, en in words.JOBS[::4]),
    "加班费", "劳动监察", "社会保险", "经济补偿", "医药费", "身份证", "基本工资",
    "食堂", "高温", "封条", "宿舍", "仲裁", "平台", "搬迁", "鼓", "police", "allowance", "platform",
)  # fmt: skip


async def keywords(stage: Stage) -> Sequence[Row]:
    """Each with its exact total, in everything, as counted in the texts before."""
    found = await _counted(stage)
    everything = stage.loaded.cases
    rare = [word for word, count in found.items() if 0 < count <= RARE * everything]
    short = [word for word in found if len(word) <= 2]
    common = min(short, key=lambda word: abs(found[word] / everything - COMMON))
    phrase = max(filter(is_phrase, found), key=found.__getitem__)
    took = []
    async with stage.client() as client:
        for word in rare:
            answer, milliseconds = await ask(client, {**EVERYTHING, "q": word})
            assert answer["total"] == found[word], f"{word}: {answer['total']}, not {found[word]}"
            took.append(milliseconds)
        answer, first = await ask(client, {**EVERYTHING, "q": common})
        assert answer["total"] == found[common]
        answer, whole = await ask(client, {**EVERYTHING, "q": phrase})
        assert answer["total"] == found[phrase]
        again = []
        for _, window in zip(range(AGAIN), long_windows(), strict=False):
            _, milliseconds = await ask(client, {**window, "q": common})
            again.append(milliseconds)
    share = f"“{common}” in {found[common] / everything:.0%} of all"
    took.sort()
    return [
        Row(
            "keywords.rare",
            f"{len(rare)} words in up to 1 % of all, with exact total: 95 of 100 within",
            "ms",
            took[len(took) * 95 // 100] if took else 0,
            floor=stage.large(Floor("ours", "<=", 50)),
            detail={"words": {word: found[word] for word in rare}, "ms": took},
        ),
        Row(
            "keywords.common",
            f"{share}, the first time",
            "ms",
            first,
            floor=stage.large(Floor("ours", "<=", 300)),
        ),
        Row(
            "keywords.phrase",
            f"“{phrase}” in {found[phrase] / everything:.0%} of all, the first time",
            "ms",
            whole,
            floor=stage.large(Floor("ours", "<=", 300)),
        ),
        Row(
            "keywords.again",
            f"{share}, each time with another window",
            "ms",
            median(again),
            floor=stage.large(Floor("ours", "<=", 10)),
            detail={"ms": again},
        ),
    ]


async def _counted(stage: Stage) -> dict[str, int]:
    """In how many texts each occurs; PostgreSQL would look for one after the other, for minutes."""
    listed = list(dict.fromkeys(_CANDIDATES))
    counts = dict.fromkeys(listed, 0)
    wanted = [(word, word.lower()) for word in listed]
    database = await connected(stage.cluster.addresses.public)
    try:
        async with database.transaction():
            texts = database.cursor("SELECT search FROM pub.cases", prefetch=5_000)
            async for (text,) in texts:
                for word, folded in wanted:
                    if folded in text:
                        counts[word] += 1
    finally:
        await database.close()
    return counts
