"""The bench itself, on a tiny archive: that it runs to its end and what it writes. No figure."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.bench.load import Sample, WrongAnswers, read_wrk
from tests.bench.results import Floor, Row

ROOT = Path(__file__).resolve().parent.parent.parent
WRK = """\
Running 1s test @ http://127.0.0.1:8000/
  1 threads and 8 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     8.21ms    2.66ms  31.85ms   84.46%
    Req/Sec     0.97k    86.29     1.08k    81.82%
  Latency Distribution
     50%    7.62ms
     75%  950.00us
     90%    1.10s
     99%   19.05ms
  1064 requests in 1.10s, 28.05MB read
Requests/sec:    967.61
Transfer/sec:     25.51MB
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    file = tmp_path_factory.mktemp("bench") / "bench.json"
    command = [sys.executable, "-m", "api", "bench", "--cases", "500", "--seconds", "0.3"]
    command += ["--only", "service"]
    done = subprocess.run(
        [*command, "--json", file], cwd=ROOT, capture_output=True, text=True, timeout=600
    )
    # 1 says that a floor is not met, which so small an archive need not meet.
    assert done.returncode in (0, 1), done.stderr
    assert file.exists(), done.stderr
    body: dict[str, Any] = orjson.loads(file.read_bytes())
    assert done.returncode == (0 if body["met"] else 1)
    for row in body["rows"]:
        assert row["what"].split()[0] in done.stdout
    return body


def test_the_file_says_what_was_measured_and_on_what(written: dict[str, Any]) -> None:
    assert written["cases"] == 500
    assert written["seconds"] == 0.3
    machine = written["machine"]
    assert machine["cores"] >= 1
    assert machine["python"].startswith("3.")
    assert int(machine["postgres"].split(".")[0]) >= 15
    # A stretch of a tenth of a second is too short for wrk.
    assert machine["load"] == "own client"


def test_every_floor_of_the_foundation_is_there(written: dict[str, Any]) -> None:
    floors = {row["name"]: row["floor"] for row in written["rows"] if row["floor"]}
    assert floors == {
        "list.page": ">= 0.25 x",
        "stats.request": "<= 1.50 x",
        "tile.largest": "<= 60",
        "export.hang-up": "<= 2.00",
        "start.ready": "<= 10",
        "start.index": "<= 10",
        "alerts.submit": "<= 30 x",
        "alerts.receipts": "<= 1.10 x",
        "alerts.among_readers": "<= 3.00",
        "memory.resident": "<= 200",
        "desk.queue": "<= 10 x",
        "desk.duplicates": "<= 10 x",
        "desk.publish": "<= 10 x",
        "desk.mapping_readers": "<= 1.00",
        "import.drafts": ">= 3,000",
    }
    for row in written["rows"]:
        assert (row["met"] is None) == (row["floor"] is None)


def test_every_row_has_a_figure(written: dict[str, Any]) -> None:
    names = [row["name"] for row in written["rows"]]
    assert len(names) == len(set(names))
    assert {
        "list.cold",
        "list.unchanged",
        "filters.worst",
        "stats.all-years",
        "options.all-years",
        "tile.cold",
        "keywords.common",
        "growth.search",
        "export.csv",
        "import.published",
        "import.long",
        "export.ndjson",
        "export.readers",
        "beside.strange",
        "beside.heavy",
        "beside.exports",
        "read.list-304",
    } <= set(names)
    for row in written["rows"]:
        assert row["ours"] > 0, row["name"]
        assert (row["ratio"] is None) == (row["baseline"] is None)
        assert "error" not in row["detail"], row["name"]


def test_a_comparison_keeps_the_figures_of_its_rounds(written: dict[str, Any]) -> None:
    row = next(row for row in written["rows"] if row["name"] == "list.page")
    assert len(row["detail"]["ours"]) == len(row["detail"]["baseline"]) == 3
    ratios = sorted(
        ours["per_second"] / their["per_second"]
        for ours, their in zip(row["detail"]["ours"], row["detail"]["baseline"], strict=True)
    )
    assert row["ratio"] == ratios[1]


def test_floors_hold_or_do_not() -> None:
    row = Row("a", "a", "ms", 12.0, baseline=10.0, ratio=1.2)
    assert Floor("ratio", "<=", 1.5).holds(row)
    assert not Floor("ratio", ">=", 1.5).holds(row)
    assert not Floor("ours", "<=", 11.9).holds(row)
    assert row.met is None


def test_wrk_is_read_in_its_own_units() -> None:
    assert read_wrk(WRK) == Sample(967.61, 8.21, 7.62, 19.05)


@pytest.mark.parametrize(
    "line",
    ["  Non-2xx or 3xx responses: 3", "  Socket errors: connect 0, read 2, write 0, timeout 0"],
)
def test_wrong_answers_are_no_figure(line: str) -> None:
    with pytest.raises(WrongAnswers):
        read_wrk(WRK + line)


def test_no_answer_at_all_is_no_figure() -> None:
    with pytest.raises(WrongAnswers):
        read_wrk("  0 requests in 1.00s, 0.00B read\nRequests/sec:      0.00\n")
