"""What the accounts themselves show, in words and on the page."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from browser import Browser, Page
from made_case import MadeCase, Plan, make

from syncline import schema
from syncline.report import payload, signs, write_report

COMPARISON = {
    "size": 120,
    "wanted": 200,
    "matched": {"platform, language": 100, "platform": 20},
    "given": False,
}
HISTOGRAM = {"start_us": 0, "width_us": 86_400_000_000, "accounts": [0, 7, 1], "others": [40, 41, 39]}
HOSTILE = "<img src=x onerror='window.hacked = 1'> \u202eevil"
PERSIAN = "مدیر … در شهر"


def row(sign: str, applies: bool = True, network: int | None = 1, **numbers: Any) -> dict[str, Any]:
    known = {"accounts": 8, "of": 10, "p_bound": 0.001, "sufficient": True, "comparison": COMPARISON}
    return {
        "network_id": network,
        "gauge": "authenticity",
        "sign": sign,
        "applies": applies,
        "statement": numbers.pop("statement", f"Of {sign}."),
        "numbers": json.dumps(known | {"innocent": "a class, a club"} | numbers),
        "account_ids": ["1000", "1001"],
        "post_ids": [],
    }


ROWS = [
    row("creation_batch", histogram=HISTOGRAM, first_us=86_400_000_000, last_us=86_400_000_000),
    row("handle_pattern", others=2, others_of=100, examples=["ab_12", HOSTILE]),
    row(
        "bio_template",
        statement=f"8 of 10 bios follow one template: “{PERSIAN}”; of 100 comparable accounts, none does.",
        others=0,
        others_of=100,
        template=PERSIAN.split(),
        words=[{"word": "مدیر", "accounts": 8, "others": 0, "p_bound": 1e-6}],
    ),
    row("portrait_reuse", others=0, others_of=100, pictures=[{"path": HOSTILE, "accounts": ["1000", "1001"]}]),
    row("hours", week=[n % 24 for n in range(168)], week_of_others=[1] * 168, break_utc_h=12.0),
    row("location", applies=False),
    row("client", applies=False, sufficient=False, p_bound=None),
    row(
        "across_platforms",
        links=[
            {"platform_a": "x", "account_a": "1000", "platform_b": "x", "account_b": "1001", "log10_e": 7.5}
            | {"same_handle": True, "same_portrait": False, "posts": [["p", "q"]]}
        ],
    ),
]  # fmt: skip


def with_signs(rows: list[dict[str, Any]], plan: Plan | None = None) -> MadeCase:
    made = make(plan or Plan(networks=(10,)))
    made.connection.register("signs_found", pa.Table.from_pylist(rows, schema=schema.FINDINGS))
    made.connection.execute(
        "CREATE OR REPLACE VIEW findings AS SELECT * FROM made_findings UNION ALL SELECT * FROM signs_found"
    )
    return made


def test_a_case_without_signs_has_no_section() -> None:
    assert payload.build(make(Plan()))["signs"] is None


def test_the_whole_log_comes_first_and_pairs_have_no_gauge() -> None:
    rows = [row("creation_batch", network=None), row("location", network=1), row("location", network=2)]
    built = payload.build(with_signs(rows, Plan(networks=(10,), pairs=1)))["signs"]
    assert [each["label"] for each in built["gauges"]] == ["The whole log", "Network 1"]


def test_signs_of_the_whole_log_list_their_accounts(browser: Browser, tmp_path: Path) -> None:
    case = with_signs([row("creation_batch", network=None)], Plan(networks=(), bystanders=5))
    (claim,) = payload.build(case)["signs"]["gauges"][0]["signs"][0]["claims"]
    assert claim["people"] == [["bystander_0", "1000"], ["bystander_1", "1001"]]
    write_report(case, tmp_path / "report.html")
    with browser.page(tmp_path / "report.html") as page:
        page.click("#signs-whole .claim summary")
        assert "bystander_1 1001" in page.text("#signs-whole .claim details")


def test_signs_come_in_one_order_with_state_figure_and_innocent_reading() -> None:
    (gauge,) = payload.build(with_signs(ROWS))["signs"]["gauges"]
    assert [(sign["sign"], sign["state"]) for sign in gauge["signs"]] == [
        ("creation_batch", "found"), ("handle_pattern", "found"), ("bio_template", "found"),
        ("portrait_reuse", "found"), ("hours", "found"), ("location", "not found"), ("client", "not tested"),
        ("across_platforms", "found"),
    ]  # fmt: skip
    kinds = [sign["figure"] and sign["figure"]["kind"] for sign in gauge["signs"]]
    assert kinds == ["histogram", "handles", "templates", "portraits", "week", None, None, "pairs"]
    found = [sign for sign in gauge["signs"] if sign["state"] == "found"]
    assert {sign["innocent"] for sign in found} == {"Innocent readings: a class, a club."}
    assert gauge["signs"][0]["figure"]["batches"] == [[1, 1]]
    assert gauge["signs"][1]["claims"][0]["shares"] == [8, 10, 2, 100]


def test_accounts_of_a_sign_lead_to_their_place_on_the_page() -> None:
    built = payload.build(with_signs(ROWS))
    (gauge,) = built["signs"]["gauges"]
    listed = gauge["signs"][0]["claims"][0]["accounts"]
    assert sorted(built["accounts"][place]["id"] for place in listed) == ["1000", "1001"]
    (dotted,) = built["signs"]["across"]
    assert {built["accounts"][dotted[end]]["id"] for end in "ab"} == {"1000", "1001"}
    assert dotted["words"] == "one handle, 1 text within an hour; evidence 7.5 (log10 e)"


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ("f", "1 of 1 sign found."),
        ("n", "None of 1 sign found; 1 looked for and not found."),
        ("u", "None of 1 sign found; 1 could not be tested."),
        ("ffnu", "2 of 4 signs found; 1 looked for and not found; 1 could not be tested."),
        ("fnnuu", "1 of 5 signs found; 2 looked for and not found; 2 could not be tested."),
        ("ffffffffff", "10 of 10 signs found."),
    ],
)
def test_the_gauge_is_said_for_every_count(states: str, said: str) -> None:
    rows = [
        row(sign, applies=state == "f", sufficient=state != "u", links=[], week=[], week_of_others=[])
        for sign, state in zip(signs.TITLES, states, strict=False)
    ]
    assert signs.gauge(rows)["sentence"] == said


@pytest.mark.parametrize(
    ("comparison", "said"),
    [
        ({"size": 0, "matched": {}, "given": False}, ""),
        (
            {"size": 1, "matched": {"platform": 1}, "given": False},
            "Compared with 1 account of this log that belongs to no network and is alike: 1 in platform.",
        ),
        (
            {"size": 2, "matched": {"platform, age": 2}, "given": False},
            "Compared with 2 accounts of this log that belong to no network and are alike: 2 in platform and age.",
        ),
        (
            COMPARISON,
            "Compared with 120 accounts of this log that belong to no network and are alike: 100 in platform and "
            "language and 20 in platform.",
        ),
        ({"size": 1, "matched": {}, "given": True}, "Compared with 1 account that was given as controls."),
        (
            {"size": 1151, "matched": {}, "given": True},
            "Compared with 1,151 accounts that were given as controls.",
        ),
    ],
)
def test_the_comparable_accounts_are_said(comparison: dict[str, Any], said: str) -> None:
    assert signs.gauge([row("location", applies=False, comparison=comparison)])["compared"] == said


@pytest.mark.parametrize(
    ("pictures", "said"), [(1, "1 picture."), (2, "2 pictures."), (30, "24 of 30 pictures.")]
)
def test_a_sheet_says_how_much_of_it_is_shown(pictures: int, said: str) -> None:
    sheet = [{"path": f"{n}.png", "accounts": ["1000"] * 2} for n in range(pictures)]
    (sign,) = signs.gauge([row("portrait_reuse", pictures=sheet)])["signs"]
    assert sign["figure"]["caption"] == said


def test_a_hint_is_called_one_and_counts_as_no_sign() -> None:
    rows = [
        row("location", applies=False),
        row("eye_position", others=1, others_of=100, pictures=[], hint=True),
    ]
    gauge = signs.gauge(rows)
    assert gauge["sentence"] == "None of 1 sign found; 1 looked for and not found. Beside them 1 hint."
    assert gauge["signs"][-1]["title"] == "Eyes, a hint"
    assert signs.gauge(rows[:1])["sentence"] == "None of 1 sign found; 1 looked for and not found."


def test_the_terminal_says_the_same() -> None:
    said = signs.lines(ROWS)
    assert said[0] == "6 of 8 signs found; 1 looked for and not found; 1 could not be tested."
    assert said[1].startswith("Compared with 120 accounts")
    assert said[2] == (
        "Made together: Of creation_batch. Were nothing special about these accounts, the chance of it would be at "
        "most 1 in 1,000."
    )
    assert said[3] == "  Innocent readings: a class, a club."
    assert said[-2:] == ["Not found, places: Of location.", "Could not be tested, client apps: Of client."]


@pytest.fixture
def page(browser: Browser, report_file: Callable[[Plan], Path], tmp_path: Path) -> Iterator[Page]:
    # Skips where the front end is not built.
    report_file(Plan(networks=()))
    write_report(with_signs(ROWS), tmp_path / "report.html")
    with browser.page(tmp_path / "report.html") as opened:
        yield opened
        assert opened.complaints() == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [1200, 360])
def test_the_page_draws_every_figure_and_stays_within_the_window(page: Page, width: int) -> None:
    page.resize(width, 900)
    page.wait("document.querySelector('#signs') !== null")
    # Figures are drawn anew some time after the window has changed.
    page.wait(f"document.documentElement.scrollWidth <= {width}")
    assert page.count("#signs .meter .is-found") == 6
    assert page.count("#signs .meter .is-not-tested") == 1
    assert page.count("#signs .histogram rect.own") == 3
    assert page.count("#signs .wheel path.own") == 24
    assert page.count("#signs .slot") == 1
    assert page.count("#signs .sheet li") == 1
    assert "6 of 8 signs found" in page.text("#signs")
    assert page.evaluate("window.hacked") is None
    assert page.count("#signs img") == 0


@pytest.mark.browser
def test_right_to_left_templates_run_right_to_left(page: Page) -> None:
    page.wait("document.querySelector('#signs .template') !== null")
    places = "[...document.querySelector('#signs .template').children].map((word) => word.getBoundingClientRect().left)"
    begins = page.evaluate(places)
    assert len(begins) == len(PERSIAN.split())
    assert begins == sorted(begins, reverse=True)
    assert re.search(r"U\+202E", page.text("#signs .examples"))


@pytest.mark.browser
def test_links_across_platforms_are_dotted_on_the_map(page: Page) -> None:
    page.evaluate("document.querySelector('#map').scrollIntoView({behavior: 'instant'})")
    page.wait("Number(document.querySelector('.across line')?.getAttribute('x1')) > 0")
    assert page.count(".across line") == 1
    assert "not merged" in page.text("#map .legend")
