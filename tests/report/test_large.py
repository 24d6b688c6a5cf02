"""A report on half a million posts, with as much evidence as a file can be asked to carry."""

from collections.abc import Callable
from pathlib import Path

import pytest
from browser import Browser
from made_case import MadeCase, Plan, make

from syncline.report import write_report

pytestmark = [pytest.mark.slow, pytest.mark.browser]

LONG_PERSIAN = "این متن فارسی درباره‌ی رودخانه و پل است و چند جمله دارد. " * 20
POSTS = 500_000


def large() -> MadeCase:
    plan = Plan(
        networks=(3000, 900, 400, 200, 150, 100, 80, 60, 40, 30, 20, 10, 5, 4, 3),
        pairs=40,
        members_each=3,
        links_each=4,
        posts_each=1,
        texts=tuple(f"{number} {LONG_PERSIAN}" for number in range(997)),
        campaigns=True,
    )
    case = make(plan)
    case.connection.execute(
        "CREATE OR REPLACE VIEW posts AS FROM made_posts UNION ALL BY NAME"
        " SELECT 'x' AS platform, 'more-' || i AS post_id, 'other-' || (i % 40000) AS account_id,"
        f" {case.run['first_us']} + (i * 7919) % ({case.run['last_us'] - case.run['first_us']}) AS time_us,"
        f" 'words ' || i AS text FROM range({POSTS} - {case.run['rows']['posts']}) t(i)"
    )
    case.run["rows"] |= {"in": POSTS + 3, "posts": POSTS}
    _multiply(
        case, "directives", 400, "directive_id := directive_id + 1000 * i, day_us := day_us + 86400000000 * i"
    )
    _multiply(case, "uptake", 20, "directive_id := directive_id + 1000 * i")
    _multiply(case, "targets", 60, "account_id := account_id || i, target_post_ids := post_ids")
    _multiply(case, "applause", 60, "account_id := account_id || i")
    return case


def _multiply(case: MadeCase, table: str, times: int, changes: str) -> None:
    """Let a table hold every row so many times, each a little different."""
    replaced = ", ".join(
        f"{new} AS {name}" for name, new in (one.split(" := ") for one in changes.split(", "))
    )
    case.connection.execute(
        f"CREATE OR REPLACE VIEW {table} AS"
        f" SELECT made_{table}.* REPLACE ({replaced}) FROM made_{table}, range({times}) AS t(i)"
    )


def test_half_a_million_posts_stay_small_and_open_quickly(
    browser: Browser, report_file: Callable[[Plan], Path], tmp_path: Path
) -> None:
    case = large()
    assert case.run["edges"] > 20_000
    report = tmp_path / "report.html"
    write_report(case, report)
    assert report.stat().st_size < 15_000_000
    opened_s = []
    for _ in range(3):
        with browser.page(report) as page:
            opened_s.append(page.opened_s)
    assert min(opened_s) < 3.0
    with browser.page(report) as page:
        assert "500,000 posts" in page.text("#answer")
        assert "co-actions are in this file, the strongest first." in page.text("#networks")
        page.evaluate("document.querySelector('#map').scrollIntoView({behavior: 'instant'})")
        page.wait("document.querySelector('.sigma-nodes') !== null")
        page.evaluate("location.hash = '#account-4000'")
        page.wait("document.querySelector('dialog').open")
        assert page.count("dialog .co-action") >= 1
        page.key("Escape")
        assert "are in this file, those with most evidence" in page.text("#campaigns")
        assert "accounts addressed are in this file" in page.text("#targets")
        page.click("#targets .target summary")
        page.wait("document.querySelector('.target .post') !== null")
        assert page.complaints() == []
