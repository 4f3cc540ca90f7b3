"""What an import did, for the terminal and as JSON. Header names appear; cell contents only where
they are strings that no term matches, which staff need to map.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from api.staff.importing.headers import Columns
from api.staff.importing.preparing import Row
from api.staff.importing.rows import RowRejected

_SHOWN = 20


@dataclass(slots=True)
class Rejection:
    """One refused row; `row` is the number that a spreadsheet program shows."""

    file: str
    row: int
    zh: str
    en: str


@dataclass(slots=True)
class Report:
    """Counts of rows over all files. `added`, `unchanged` and `published` are the writer's.

    `flagged` counts exact repeats; `unmatched` is kind -> string -> rows.
    """

    dry_run: bool = False
    files: list[str] = field(default_factory=list)
    read: int = 0
    added: int = 0
    unchanged: int = 0
    flagged: int = 0
    published: int = 0
    unplaced: int = 0
    unmatched: dict[str, dict[str, int]] = field(default_factory=dict)
    contact_columns: list[str] = field(default_factory=list)
    ignored_columns: list[str] = field(default_factory=list)
    ignored_sheets: list[str] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)

    def note(self, row: Row) -> None:
        """Counts one row as it is read."""
        self.read += 1
        if isinstance(row, RowRejected):
            self.rejected.append(Rejection("", row.row_number, row.zh, row.en))
            return
        self.unplaced += row.unplaced
        self.flagged += row.ordinal > 0
        for kind, word in row.unmatched:
            words = self.unmatched.setdefault(kind, {})
            words[word] = words.get(word, 0) + 1

    def note_file(self, name: str, columns: Columns) -> None:
        """Names the file and its columns; to be called once all its rows were read."""
        self.files.append(name)
        _join(self.contact_columns, columns.contact)
        _join(self.ignored_columns, columns.ignored)
        _join(self.ignored_sheets, columns.ignored_sheets)
        for rejection in self.rejected:
            rejection.file = rejection.file or name

    def add(self, other: "Report") -> None:
        """Joins the report of another file."""
        for name in ("read", "added", "unchanged", "flagged", "published", "unplaced"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for kind, counts in other.unmatched.items():
            words = self.unmatched.setdefault(kind, {})
            for word, count in counts.items():
                words[word] = words.get(word, 0) + count
        self.files += other.files
        self.rejected += other.rejected
        _join(self.contact_columns, other.contact_columns)
        _join(self.ignored_columns, other.ignored_columns)
        _join(self.ignored_sheets, other.ignored_sheets)

    def as_json(self) -> dict[str, Any]:
        """Plain values, unmatched strings by falling count."""
        return {**asdict(self), "unmatched": {kind: dict(_ranked(w)) for kind, w in self._kinds()}}

    def lines(self) -> list[str]:
        """The report in both languages, for a terminal that reads no markup in it."""
        lines = [
            f"读取 {self.read:,} 行，拒绝 {len(self.rejected):,} 行 · "
            f"{self.read:,} rows read, {len(self.rejected):,} rejected",
            f"新增 {self.added:,}，已有 {self.unchanged:,}，发布 {self.published:,} · "
            f"{self.added:,} added, {self.unchanged:,} unchanged, {self.published:,} published",
            f"完全重复 {self.flagged:,}（已标记），未定位 {self.unplaced:,} · "
            f"{self.flagged:,} exact repeats (flagged), {self.unplaced:,} not placed",
        ]
        if self.dry_run:
            lines.insert(0, "试运行，未作任何更改 · Dry run, nothing was changed")
        lines += _named(
            "联系方式类的列未导入", "Contact columns are not imported", self.contact_columns
        )
        lines += _named("未识别的列", "Columns not recognised", self.ignored_columns)
        lines += _named("表头不同而略过的工作表", "Sheets left out", self.ignored_sheets)
        for kind, words in self._kinds():
            shown = "; ".join(f"{_plain(word)} ({n})" for word, n in _ranked(words)[:_SHOWN])
            more = " …" if len(words) > _SHOWN else ""
            lines.append(f"未对应的 {kind} 用语 · Unmatched {kind}: {len(words)}: {shown}{more}")
        for rejected in self.rejected[:_SHOWN]:
            row = f"{_plain(rejected.file)} {rejected.row}".strip()
            lines.append(f"拒绝 · Rejected {row}: {_plain(rejected.zh)} · {_plain(rejected.en)}")
        if len(self.rejected) > _SHOWN:
            lines.append(f"… {len(self.rejected) - _SHOWN:,}")
        return lines

    def _kinds(self) -> list[tuple[str, dict[str, int]]]:
        return sorted(self.unmatched.items())


def _join(names: list[str], more: Iterable[str]) -> None:
    names.extend(name for name in more if name not in names)


def _ranked(words: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(words.items(), key=lambda entry: (-entry[1], entry[0]))


def _named(zh: str, en: str, names: list[str]) -> list[str]:
    return [f"{zh} · {en}: {', '.join(_plain(name) for name in names)}"] if names else []


def _plain(text: str) -> str:
    """Text of a file without what could steer a terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)[:200]
