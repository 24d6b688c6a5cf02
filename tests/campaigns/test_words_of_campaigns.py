"""Every statement on impact and every explanation is right for 0, 1, 2 and many."""

import itertools
from typing import Any

import pytest

from grammar import wrong
from syncline.campaigns.impact import _findings
from syncline.campaigns.innocent import _statement

COUNTS = (0, 1, 2, 60)


def impact(**values: Any) -> dict[str, Any]:
    row = {
        "network_id": 1, "posts": 3, "outside_posts": 2, "inside_accounts": 2, "inside_acts": 2,
        "outside_accounts": 2, "outside_acts": 2, "outside_share": 0.5, "rate": 0.7, "usual_rate": 1.0,
        "top_posts_share": 1.0, "top_account_share": 0.5, "communities": 1, "platforms": 1, "breakout": 1,
        "acts_known": True, "post_ids": [],
    }  # fmt: skip
    return row | values


@pytest.mark.parametrize("posts", COUNTS)
def test_impact(posts: int) -> None:
    said = []
    for acts, inside, reached in itertools.product(COUNTS, COUNTS, (0, 1, 2, 3)):
        for usual in (None, 0.0, 1.0, 2.0):
            row = impact(
                posts=posts, outside_acts=acts, outside_accounts=acts, outside_posts=min(acts, posts, 7),
                inside_acts=inside, rate=acts / posts if posts else None, usual_rate=usual,
                communities=reached, platforms=reached, breakout=min(reached + 1, 3),
            )  # fmt: skip
            if posts or not acts:
                said += [finding["statement"] for finding in _findings(row)]
    assert len(set(said)) > 5
    assert {each: wrong(each) for each in said if wrong(each)} == {}


def test_impact_of_one_post() -> None:
    said = " ".join(
        finding["statement"]
        for finding in _findings(
            impact(posts=1, outside_posts=1, outside_acts=1, outside_accounts=1, rate=1.0)
        )
    )
    assert "1 account outside reposted, quoted or answered its posts 1 time, " in said
    assert "Its one post drew 1 from outside" in said
    assert "One of its posts holds 100% of the engagement" in said


@pytest.mark.parametrize("sign", ["fandom", "commenters", "pod", "scheduler", "second_account"])
def test_explanations(sign: str) -> None:
    said = [
        _statement(sign, counted, of, "x:1") for counted in COUNTS for of in (*COUNTS, 20) if counted <= of
    ]
    assert {each: wrong(each) for each in said if wrong(each)} == {}
    assert all(" was " in each for each in said if " 1 of its 20 meetings" in each)
