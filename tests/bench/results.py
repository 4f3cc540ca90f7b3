"""What a measurement answers, the table at the terminal and the JSON file made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import orjson
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Floor:
    """What must hold of a row: of its ratio to the baseline, or of our own figure."""

    of: Literal["ratio", "ours"]
    sign: Literal[">=", "<="]
    value: float

    def holds(self, row: "Row") -> bool:
        figure = row.ratio if self.of == "ratio" else row.ours
        assert figure is not None, f"{row.name} has a floor on a figure it does not give"
        return figure >= self.value if self.sign == ">=" else figure <= self.value

    def __str__(self) -> str:
        return f"{self.sign} {_number(self.value)}{' x' if self.of == 'ratio' else ''}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the result. `name` is for programs and stays; `detail` goes to the JSON only."""

    name: str
    what: str
    unit: str
    ours: float
    baseline: float | None = None
    # What the baseline is.
    against: str = ""
    # Of both sides within one run: the median of the ratios of its rounds.
    ratio: float | None = None
    floor: Floor | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)

    @property
    def met(self) -> bool | None:
        return None if self.floor is None else self.floor.holds(self)


def table(rows: Sequence[Row], title: str) -> Table:
    made = Table(title=title, title_justify="left")
    made.add_column("测量 what")
    for heading in ("本服务 ours", "基准 baseline"):
        made.add_column(heading, justify="right", no_wrap=True)
    made.add_column("基准是 baseline is")
    for heading in ("比 ratio", "底线 floor"):
        made.add_column(heading, justify="right", no_wrap=True)
    made.add_column("达标 met", no_wrap=True)
    for row in rows:
        made.add_row(
            row.what,
            f"{_number(row.ours)} {row.unit}",
            "" if row.baseline is None else _number(row.baseline),
            row.against,
            "" if row.ratio is None else f"{row.ratio:.2f}",
            str(row.floor or ""),
            {None: "", True: "[green]✓ yes[/green]", False: "[red]✗ no[/red]"}[row.met],
        )
    return made


def write_json(path: Path, head: Mapping[str, Any], rows: Sequence[Row]) -> None:
    listed = [
        {
            "name": row.name,
            "what": row.what,
            "unit": row.unit,
            "ours": row.ours,
            "baseline": row.baseline,
            "against": row.against,
            "ratio": row.ratio,
            "floor": None if row.floor is None else str(row.floor),
            "met": row.met,
            "detail": row.detail,
        }
        for row in rows
    ]
    body = {**head, "met": all(row.met is not False for row in rows), "rows": listed}
    path.write_bytes(orjson.dumps(body, option=orjson.OPT_INDENT_2) + b"\n")


def _number(value: float) -> str:
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}".removesuffix(".0")
