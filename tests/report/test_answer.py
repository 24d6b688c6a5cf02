from typing import Any

import pytest
from made_case import Plan, make

from syncline.case import outcome
from syncline.report import answer, method


def run(**changes: Any) -> dict[str, Any]:
    return make(Plan(networks=(3,), bystanders=0)).run | changes


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"named": 1, "networks": 1, "pairs": 0}, "1 account acts in lockstep"),
        ({"named": 4043, "networks": 2, "pairs": 0}, "4,043 accounts act in lockstep"),
        ({"named": 0, "networks": 1, "pairs": 0}, "1 network, no account named"),
        ({"named": 0, "networks": 0, "pairs": 1}, "1 pair of accounts, no network"),
        ({"named": 0, "networks": 0, "pairs": 2}, "2 pairs of accounts, no network"),
        ({"outcome": "nothing found"}, "Nothing found"),
        ({"outcome": "insufficient data"}, "Insufficient data"),
    ],
)
def test_headline(changes: dict[str, Any], expected: str) -> None:
    assert answer.headline(run(**changes)) == expected


@pytest.mark.parametrize(
    ("posts", "accounts", "expected"),
    [
        (0, 0, "Syncline read 0 posts by 0 accounts."),
        (1, 1, "Syncline read 1 post by 1 account, published on 1 January 1970 (UTC)."),
        (2, 2, "Syncline read 2 posts by 2 accounts, published on 1 January 1970 (UTC)."),
    ],
)
def test_what_was_read(posts: int, accounts: int, expected: str) -> None:
    times = {"first_us": 0, "last_us": 0} if posts else {"first_us": None, "last_us": None}
    rows = {"posts": posts, "accounts": accounts}
    assert answer.what_was_read(run(rows=rows, **times)) == expected


@pytest.mark.parametrize(
    ("named", "networks", "pairs", "edges", "start", "end"),
    [
        (1, 1, 0, 1, "It names 1 account in 1 network that acts together", "of the 1 link found"),
        (
            9,
            2,
            1,
            12,
            "It names 9 accounts in 2 networks (and lists 1 pair apart from them)",
            "of the 12 links",
        ),
        (0, 1, 0, 2, "In 1 network, none of whose accounts can be named, accounts act", "of the 2 links"),
        (0, 0, 1, 1, "No network of three accounts or more was found, but 1 pair of accounts acts", "1 link"),
        (
            0,
            0,
            2,
            2,
            "No network of three accounts or more was found, but 2 pairs of accounts act",
            "2 links",
        ),
    ],
)
def test_what_was_found(named: int, networks: int, pairs: int, edges: int, start: str, end: str) -> None:
    said = answer.what_was_found(run(named=named, networks=networks, pairs=pairs, edges=edges))
    assert said.startswith(start)
    assert end in said
    assert said.endswith("at most 5% can be expected to be wrong.")


def test_an_empty_answer_says_so_in_exactly_these_words() -> None:
    nothing = answer.what_was_found(run(outcome="nothing found", outcome_why=""))
    assert nothing.startswith("Nothing found. In a log without any coordination")
    assert "at most 5% of cases" in nothing
    little = answer.what_was_found(run(outcome="insufficient data", outcome_why="Only 4 accounts act twice."))
    assert little == "Insufficient data: Only 4 accounts act twice."


@pytest.mark.parametrize(
    ("copies", "expected"),
    [
        ([], "No shuffled copy of the log was scanned, so the error rate was not checked on this log."),
        ([(0, 0)], "On 1 shuffled copy of the log: 0 links."),
        ([(1, 0)], "On 1 shuffled copy of the log: 1 link; no account was named on it."),
        ([(0, 0), (0, 0), (0, 0)], "On 3 shuffled copies of the log: 0, 0, 0 links."),
        ([(2, 1), (0, 0)], "On 2 shuffled copies of the log: 2, 0 links; 1 account was named on them."),
        ([(2, 2), (9, 3)], "On 2 shuffled copies of the log: 2, 9 links; 5 accounts were named on them."),
    ],
)
def test_placebo(copies: list[tuple[int, int]], expected: str) -> None:
    placebo = [{"copy": at, "edges": edges, "named": named} for at, (edges, named) in enumerate(copies)]
    assert outcome.placebo(run(placebo=placebo)) == expected


def test_where_nobody_was_compared_no_error_rate_is_shown() -> None:
    case = make(
        Plan(networks=(), run={"outcome": "insufficient data", "outcome_why": "Few.", "pairs_tested": 0})
    )
    shown = answer.build(case.run)
    assert shown["placebo"].startswith("No accounts were compared")
    assert [fact["label"] for fact in shown["facts"]] == ["Accounts", "Pairs compared"]


def test_the_method_says_how_many_actions_an_account_needed() -> None:
    assert "with 4 actions or more" in str(method.build(make(Plan(run={"actions_min": 4})).run))


def test_the_method_gives_the_figures_of_this_scan() -> None:
    text = " ".join(part["text"] for part in method.build(run(accounts_tested=2, pairs_tested=1)))
    assert "2 accounts with 2 actions or more were compared, which makes 1 pair." in text
    for needed in ("not inauthenticity", "not harm", "attribution", "right of reply", "false discovery rate"):
        assert needed in text


def test_what_the_log_cannot_show_stands_beside_the_answer() -> None:
    behaviours = [{"behaviour": "repost", "blind": "no column"}, {"behaviour": "url", "blind": None},
                  {"behaviour": "reply", "blind": "no column"}]  # fmt: skip
    notes = answer.build(run(behaviours=behaviours))["notes"]
    assert notes[0] == "Not looked at, since this log does not show them: reposts and replies."
    of_urls = answer.build(run(settings={"alpha": 0.05, "behaviours": ["url", "reply"]}))["notes"]
    assert any(
        note.startswith("Not looked at, since the scan was not asked to: reposts, hash") for note in of_urls
    )
    assert "Not looked at" not in " ".join(answer.build(run(behaviours=behaviours[1:2]))["notes"])
