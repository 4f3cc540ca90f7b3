"""When two rows are one row, and what never makes a difference."""

from dataclasses import replace
from pathlib import Path

from api.staff.importing.rows import Ordinals, ParsedRow
from tests.staff.importing.examples import CLB_ROW, CLB_V5, outcomes, table, write_xlsx


def test_identity_and_ordinals(tmp_path: Path) -> None:
    spaced = ["2015-12-31", *(f" {cell}\t" for cell in CLB_ROW[1:])]
    other = [*CLB_ROW[:-1], "Beaten"]
    path = write_xlsx(tmp_path / "a.xlsx", [CLB_V5, CLB_ROW, spaced, other, CLB_ROW])
    _, rows = outcomes(path)
    identities = [row.identity for row in rows if isinstance(row, ParsedRow)]
    assert all(len(identity) == 32 for identity in identities)
    ordinals = Ordinals()
    assert [ordinals.next(identity) for identity in identities] == [0, 1, 0, 2]
    _, (elsewhere,) = outcomes(write_xlsx(tmp_path / "b.xlsx", [CLB_V5, CLB_ROW]), "calls")
    assert isinstance(elsewhere, ParsedRow)
    assert elsewhere.identity not in identities


def test_contact_cells_are_no_part_of_the_identity_or_draft(tmp_path: Path) -> None:
    one = table(tmp_path, ["Date", "Title", "电话"], ["2024-01-01", "a", "13800000000"])
    _, (first,) = outcomes(one)
    _, (second,) = outcomes(table(tmp_path, ["Date", "Title"], ["2024-01-01", "a"]))
    assert isinstance(first, ParsedRow)
    assert isinstance(second, ParsedRow)
    assert first.identity == second.identity
    assert replace(first.draft, id="") == replace(second.draft, id="")
