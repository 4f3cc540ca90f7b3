"""Import: an invented file in the shape of CLB's exports, through the command's own function."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from statistics import median
from time import monotonic

import xlsxwriter

from api.cli.terminal import progress_bar
from api.places.gazetteer import Gazetteer, load_gazetteer
from api.staff.drafts import Draft
from api.staff.importing.reading import FileToRead
from api.staff.importing.storing import import_file
from api.terms.vocabulary import Kind, Terms, load_terms
from tests.archives import copied
from tests.bench.archive import checkpoint
from tests.bench.cases import TODAY, Inventor
from tests.bench.results import Floor, Row
from tests.bench.stage import Stage
from tests.bench.straight import MOST_LONG

MOST_ROWS = 20_000
ROUNDS = 3
HEADER = (
    "Date", "Title", "Description", "Province", "Industry", "Participants", "Employer",
    "Enterprise Type", "Action Taken Involve", "Employee Demands Involve",
    "Response to Collective Action",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class File:
    """One file to import. CLB's own repeat the title as description in nine rows of ten."""

    name: str
    what: str
    long: bool = False
    publish: bool = False
    floor: Floor | None = None


FILES = (
    File("import.drafts", "import of an xlsx like CLB's", floor=Floor("ours", ">=", 3_000)),
    # What is published is also rendered and goes into the search index.
    File("import.published", "the same with --publish", publish=True),
    File("import.long", "import of descriptions of 200 to 400 characters", long=True),
)


async def files(stage: Stage) -> Sequence[Row]:
    """Each kind of file three times, in turn, into a copy of the archive; the median counts.

    The largest archives are not copied.
    """
    if stage.loaded.cases > MOST_LONG:
        return []
    count = min(MOST_ROWS, max(stage.loaded.cases // 5, 50))
    gazetteer, terms = load_gazetteer(), load_terms()
    needed = len(FILES) * ROUNDS * count
    drafts = Inventor(gazetteer, terms, seed=7).cases(needed, (("strikes", 1),))
    taken: dict[File, list[float]] = {file: [] for file in FILES}
    with tempfile.TemporaryDirectory(prefix="qiuzhu-bench-") as folder:
        path = Path(folder) / "invented.xlsx"
        async with copied(stage.cluster, "qiuzhu") as addresses:
            for _ in range(ROUNDS):
                for file in FILES:
                    some = islice(drafts, count)
                    _write(path, (_cells(draft, gazetteer, terms, file.long) for draft in some))
                    await checkpoint(stage.cluster.superuser)
                    taken[file].append(await _import(file, path, addresses.desk, count))
    return [
        Row(
            file.name,
            f"{file.what}: {count:,} rows",
            "rows/s",
            count / median(seconds),
            # A million in ten minutes, the archive being as large.
            floor=stage.large(Floor("ours", ">=", 1_667)) if file.publish else file.floor,
            detail={"rows": count, "seconds": seconds},
        )
        for file, seconds in taken.items()
    ]


async def _import(file: File, path: Path, desk: str, count: int) -> float:
    began = monotonic()
    with progress_bar("导入 import") as bar:
        report = await import_file(
            desk,
            FileToRead(path, "strikes"),
            day=TODAY,
            publishing=file.publish,
            progress=bar.done,
        )
    seconds = monotonic() - began
    assert report.added == count, f"{report.added} of {count} rows came in"
    assert report.published == count * file.publish
    return seconds


def _write(path: Path, rows: Iterable[Sequence[str]]) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("Sheet 1")
        for number, row in enumerate(chain([HEADER], rows)):
            sheet.write_row(number, 0, row)


def _cells(draft: Draft, gazetteer: Gazetteer, terms: Terms, long: bool) -> tuple[str, ...]:
    """One case as CLB's English exports write it."""

    def words(kind: Kind, codes: Iterable[str | None]) -> str:
        # Sub-industries are not in these files.
        found = [terms.path(kind, code)[0] for code in codes if code]
        return ", ".join(term.clb[0] if term.clb else term.en for term in found)

    low, high = draft.participants_low, draft.participants_high
    return (
        draft.date.isoformat(),
        draft.title.en or "",
        (draft.text.en if long or draft.id[-1] in "ABC" else draft.title.en) or "",
        gazetteer.places[gazetteer.province(draft.place)].en if draft.place else "0",
        words("industry", [draft.industry]),
        f"{low}-{high} Persons",
        draft.company.zh or "",
        words("ownership", [draft.ownership]),
        words("action", draft.actions),
        words("issue", draft.issues),
        words("response", draft.responses),
    )
