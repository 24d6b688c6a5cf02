"""A log whose every field is hostile, through a whole scan: report, CSV, GEXF and terminal stay unharmed."""

import csv
import io
import json
import re
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import networkx
import pytest
from browser import HARM, Browser

import small_log
from syncline import progress
from syncline.api import Case, open_case
from syncline.cli import run

SCRIPT = "<script>window.hacked = 1</script>"
TEXTS = (
    SCRIPT,
    "</script><script>window.hacked = 2</script>",
    "<img src=x onerror='window.hacked = 3'>",
    "<a href='javascript:window.hacked = 4'>press</a> javascript:window.hacked=5",
    "=cmd|' /C calc'!A0",
    "\x1b]0;owned\x07\x1b[2J\x1b[31mred\r\nsyncline: all is well\x9b5n",
    "gnp.\u202etxt.exe\u202c \u2066isolated\u2069 \u200fmarked",
    "a\x00b @SUM(1+1)*cmd|' /C calc'!A0 -->]]>&quot;",
)
NAME = "<img src=x onerror='window.hacked = 6'>\x1b[2J\u202e=cmd.jsonl"
ACTS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
IDS = dict(zip(sorted(small_log.RING), (f"{text} {place}" for place, text in enumerate(TEXTS)), strict=True))


def hostile_log() -> list[small_log.Post]:
    """The small log; whatever the ring wrote, shared or is called is hostile, and two rows are broken."""
    rows = small_log.posts()
    for number, row in enumerate(rows):
        if row["account_id"] not in small_log.RING:
            continue
        text = TEXTS[number % len(TEXTS)]
        row |= {
            "account_id": IDS[row["account_id"]],
            "username": f"@{text}",
            "display_name": text,
            "bio": text,
            "text": text,
            "retweeted_id": f"{row['retweeted_id']} {TEXTS[int(row['retweeted_id'][3:]) % len(TEXTS)]}",
            "urls": [f"javascript:window.hacked={number}", f"https://e.example/{SCRIPT}"],
            "hashtags": [text],
            "client": text,
            "lang": text,
        }
    return [
        *rows,
        {"account_id": SCRIPT, "created_at": TEXTS[1]},
        {"account_id": "b", "created_at": TEXTS[5]},
    ]


def said(*arguments: str) -> str:
    """What a command says on both streams."""
    streams = io.StringIO()
    with redirect_stdout(streams), redirect_stderr(streams):
        assert run(list(arguments)) == 0
    return streams.getvalue()


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, str]:
    """The case, and what the scan said in the terminal."""
    folder = tmp_path_factory.mktemp("hostile")
    log = small_log.write_lines(folder / NAME, hostile_log())
    with pytest.MonkeyPatch.context() as patch:
        # Progress is said at once, as it is where the work takes longer.
        patch.setattr(progress, "_FIRST_LINE", 0.0)
        patch.setattr(progress, "_NEXT_LINES", 0.02)
        printed = said("scan", str(log), "-o", str(folder / "hostile.case"), "--placebo=0")
    assert "reading <img" in printed
    case = open_case(folder / "hostile.case")
    assert sorted(case.members["account_id"]) == sorted(IDS.values())
    assert case.run["rows"]["rejects"] == 2
    return case, printed


@pytest.mark.browser
def test_nothing_of_it_runs_in_the_report_and_all_of_it_is_shown(
    browser: Browser, scanned: tuple[Case, str]
) -> None:
    case, _ = scanned
    with browser.page(case.path / "report.html") as page:
        page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
        shown = page.evaluate("document.querySelector('main').textContent")
        for index in range(len(IDS)):
            page.evaluate(f"location.hash = '#account-{index}'")
            page.wait("document.querySelector('dialog').open")
            page.wait("document.querySelectorAll('dialog .post').length > 0")
            shown += page.evaluate("document.querySelector('dialog').textContent")
            assert page.evaluate(HARM) == []
            page.key("Escape")
            page.wait("!document.querySelector('dialog').open")
        assert {address.split(":")[0] for address in page.requests()} == {"file"}
        assert page.complaints() == []
    for text in TEXTS[:5]:
        assert text in shown
    for code in ("U+001B", "U+202E", "U+2066", "U+0000"):
        assert code in shown


def test_no_cell_of_the_csv_is_a_formula_or_acts(scanned: tuple[Case, str], tmp_path: Path) -> None:
    case, _ = scanned
    cells = []
    for file in case.export("csv", tmp_path / "csv"):
        with file.open(encoding="utf-8-sig", newline="") as stream:
            cells += [cell for row in csv.reader(stream) for cell in row]
    for cell in cells:
        assert not ACTS.search(cell)
        assert not re.match(r"[=+@]|-(?!\d)", cell)
    for text in TEXTS[:4]:
        assert any(text in cell for cell in cells)


def test_the_gexf_is_xml_and_a_graph(scanned: tuple[Case, str], tmp_path: Path) -> None:
    case, _ = scanned
    (file,) = case.export("gexf", tmp_path / "hostile.gexf")
    graph = networkx.read_gexf(file, version="1.3")
    assert graph.number_of_nodes() == len(IDS)
    assert graph.number_of_edges() == case.run["edges"]
    assert any(SCRIPT in str(node) for node in graph.nodes(data=True))


def test_nothing_of_it_acts_on_the_terminal(scanned: tuple[Case, str]) -> None:
    case, printed = scanned
    folder = str(case.path)
    whole = [printed, said("verify", folder), said("explain", folder, "network", "1")]
    whole += [said("explain", folder, account) for account in IDS.values()]
    for text in whole:
        assert not ACTS.search(text)
        assert not re.search("^syncline: all is well", text, re.MULTILINE)
    assert any(SCRIPT in text for text in whole)
    assert any("\\x1b[2J" in text for text in whole)


def test_the_json_of_a_command_is_plain_ascii(scanned: tuple[Case, str]) -> None:
    printed = said("explain", str(scanned[0].path), "network", "1", "--json")
    assert printed.isascii()
    assert json.loads(printed)
