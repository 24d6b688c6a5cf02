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
    )
    case = make(plan)
    case.connection.execute(
        "CREATE OR REPLACE VIEW posts AS FROM made_posts UNION ALL BY NAME"
        " SELECT 'x' AS platform, 'more-' || i AS post_id, 'other-' || (i % 40000) AS account_id,"
        f" {case.run['first_us']} + (i * 7919) % ({case.run['last_us'] - case.run['first_us']}) AS time_us,"
        f" 'words ' || i AS text FROM range({POSTS} - {case.run['rows']['posts']}) t(i)"
    )
    case.run["rows"] |= {"in": POSTS + 3, "posts": POSTS}
    return case


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
        assert page.complaints() == []
