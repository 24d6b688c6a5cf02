"""Accounts that an analyst has cleared: in no table that is shown, in no report, and still in the files."""

from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import handmade
from syncline.api import Case, open_case
from syncline.case import as_left, write_case
from syncline.case.clearing import two_core
from syncline.cli.output import outcome_lines
from syncline.errors import SynclineError
from syncline.report import payload
from syncline.schema import TABLES


def cleared(made: Case, *who: str) -> Case:
    made.note("cleared", who or ["x:1"], by="B", text="spoke to them")
    return open_case(made.path)


def with_network(out: Path, ties: Iterable[tuple[str, str]]) -> Case:
    """A case with one network more, number 3, of these ties, in which everybody is named."""
    rows = handmade.tables()
    edges = [
        rows["edges"][0] | {"network_id": 3, "account_a": one, "account_b": other, "log10_e": 9.0 + place}
        for place, (one, other) in enumerate(ties)
    ]
    people = sorted({account for tie in ties for account in tie})
    rows["edges"] += edges
    rows["members"] += [
        {"network_id": 3, "platform": "x", "account_id": one, "named": True, "reason": "named",
         "log10_e": 9.0, "edges": len(people), "posts": 2, "role": "author"} for one in people
    ]  # fmt: skip
    rows["networks"].append(
        rows["networks"][0]
        | {"network_id": 3, "size": len(people), "named": len(people), "edges": len(edges)}
    )
    rows["directives"].append({"directive_id": 1, "network_id": 3, "leads": True, "kind": "url"})
    rows["findings"] += [
        {"network_id": 3, "gauge": gauge, "sign": sign, "numbers": "{}"}
        for gauge, sign in (("authenticity", "hours"), ("explanation", "one_day"))
    ]
    rows["accounts"] += [{"platform": "x", "account_id": one, "username": one} for one in people]
    write_case(handmade.connect(rows), handmade.run(), out)
    return open_case(out)


def reasons(case: Case, network_id: int) -> dict[str, tuple[bool, str]]:
    members = case.members[case.members["network_id"] == network_id]
    return {row.account_id: (row.named, row.reason) for row in members.itertuples()}


def test_the_views_know_nothing_of_them_and_counts_agree(made: Case) -> None:
    case = cleared(made)
    assert "1" not in set(case.members["account_id"])
    assert not {"1"} & (set(case.edges["account_a"]) | set(case.edges["account_b"]))
    assert not {"1"} & (set(case.co_actions["account_a"]) | set(case.co_actions["account_b"]))
    network = case.networks.set_index("network_id").loc[1]
    assert (network["size"], network["named"], network["edges"]) == (3, 0, 2)


def test_what_was_computed_stays_in_the_files(made: Case) -> None:
    case = cleared(made)
    assert "1" in pq.read_table(made.path / "members.parquet").column("account_id").to_pylist()
    assert case.verify() == {}


def test_the_report_counts_without_them_and_says_so(made: Case) -> None:
    case = cleared(made)
    case.run["settings"]["alpha"] = 0.05
    built = payload.build(case)
    assert [account["id"] for account in built["accounts"] if account["id"] == "1"] == []
    assert built["answer"]["headline"].startswith("1 network, no account named")
    assert any("1 account was cleared by an analyst" in line for line in built["left_out"])
    assert built["notes"][0]["text"] == "spoke to them"
    assert built["notes"][0]["by"] == "B"


def test_no_row_of_others_lists_them_or_their_posts(tmp_path: Path) -> None:
    rows = handmade.tables()
    posts = {who: [post["post_id"] for post in rows["posts"] if post["account_id"] == who] for who in "123"}
    lists = {"account_ids": ["3", "1", "2"], "post_ids": [post for who in "321" for post in posts[who]]}
    rows["findings"] = [{"network_id": 1, "gauge": "authenticity", "sign": "hours", "numbers": "{}"} | lists]
    rows["targets"] = [{"network_id": 1, "platform": "x", "account_id": "9", "episode": 1} | lists]
    rows["directives"] = [
        {"directive_id": number, "network_id": 1, "kind": "url", "first_platform": "x", "first_account": who}
        for number, who in enumerate("12", start=1)
    ]
    write_case(handmade.connect(rows), handmade.run(), tmp_path / "c.case")
    case = cleared(open_case(tmp_path / "c.case"))
    for table in (case.findings, case.targets):
        assert [*table["account_ids"][0]] == ["3", "2"]
        assert [*table["post_ids"][0]] == [*posts["3"], *posts["2"]]
    assert [*case.directives["first_account"].fillna("-")] == ["-", "2"]
    assert [*case.directives["first_platform"].fillna("-")] == ["-", "x"]


def addressing(folder: Path) -> Case:
    """Network 1, of which 1, 2 and 3 turned to account 9, @nine: replies, posts that name it, reposts and a quote."""
    rows = handmade.tables()
    day = 86_400 * handmade.SECOND_US

    def post(number: int, who: str, **what: object) -> None:
        rows["posts"].append(
            {"platform": "x", "post_id": f"p{number}", "account_id": who, "time_us": handmade.START_US + number * day}
            | what
        )  # fmt: skip

    post(0, "9")
    post(1, "1", reply_to_account_id="9", reply_to_post_id="p0", mentions=["@Nine"])
    post(2, "2", reply_to_post_id="p0")
    post(3, "2", reply_to_account_id="7", reply_to_post_id="other", mentions=["Nine"])
    post(4, "3", mentions=["@nine"])
    post(5, "1", is_repost=True, reposted_account_id="nine", reposted_post_id="p00")
    post(6, "2", is_repost=True, reposted_post_id="p0")
    post(7, "3", quoted_post_id="p0")
    post(8, "1", is_repost=True, reposted_account_id="7")
    whom = {
        "network_id": 1,
        "platform": "x",
        "account_id": "9",
        "username": "Nine",
        "members": 3,
        "share": 0.75,
    }
    rows["targets"] = [
        whom
        | {"episode": 1, "posts": 4, "replies": 2, "first_us": handmade.START_US + day, "log10_e": 4.0,
           "last_us": handmade.START_US + 4 * day, "account_ids": ["1", "2", "3"],
           "post_ids": ["p1", "p2", "p3", "p4"], "target_post_ids": ["p0"]}
    ]  # fmt: skip
    rows["applause"] = [whom | {"posts": 3, "mentions": 2, "post_ids": ["p00", "p0"], "log10_e": 4.0}]
    write_case(handmade.connect(rows), handmade.run(), folder)
    return open_case(folder)


def test_whom_they_addressed_is_counted_by_those_that_are_left(tmp_path: Path) -> None:
    days = [handmade.START_US + number * 86_400 * handmade.SECOND_US for number in range(9)]
    (target,) = cleared(addressing(tmp_path / "a.case")).targets.to_dict("records")
    counts = [
        target[name] for name in ("members", "share", "posts", "replies", "first_us", "last_us", "log10_e")
    ]
    assert counts == [2, pytest.approx(2 / 3), 3, 1, days[2], days[4], 4.0]
    assert [[*target[name]] for name in ("account_ids", "post_ids", "target_post_ids")] == [
        ["2", "3"], ["p2", "p3", "p4"], ["p0"]
    ]  # fmt: skip


def test_whom_they_lifted_up_is_counted_by_those_that_are_left(tmp_path: Path) -> None:
    days = [handmade.START_US + number * 86_400 * handmade.SECOND_US for number in range(9)]
    (lifted,) = cleared(addressing(tmp_path / "a.case")).applause.to_dict("records")
    counts = [lifted[name] for name in ("members", "share", "posts", "mentions", "first_us", "last_us")]
    assert counts == [2, pytest.approx(2 / 3), 2, 2, days[6], days[7]]
    assert [*lifted["post_ids"]] == ["p0"]


def test_a_later_confirmation_brings_them_back(made: Case) -> None:
    cleared(made).note("confirmed", "x:1", by="C")
    assert "1" in set(open_case(made.path).members["account_id"])


def test_exports_do_not_hold_them(made: Case, tmp_path: Path) -> None:
    (file,) = cleared(made).export("gexf", tmp_path / "g.gexf")
    assert 'id="x:1"' not in file.read_text(encoding="utf-8")


def test_who_has_fewer_than_two_ties_left_is_not_named_any_more(made: Case) -> None:
    only_one, not_named = (
        "not named: its evidence passes with one member only",
        "not named: its evidence passes only with members who are not named themselves",
    )
    others = ", now that an analyst has cleared others"
    assert reasons(cleared(made), 1) == {
        "2": (False, only_one + others), "3": (False, not_named + others), "-100": (False, only_one)
    }  # fmt: skip


def test_of_eight_of_whom_seven_are_cleared_nothing_is_left(tmp_path: Path) -> None:
    people = [f"p{number}" for number in range(8)]
    case = cleared(with_network(tmp_path / "c.case", list(combinations(people, 2))), *people[:7])
    assert set(case.networks["network_id"]) == {1, 2}
    for table in ("members", "edges", "ladder", "findings", "directives"):
        assert 3 not in set(case.sql(f"SELECT network_id FROM {table}").df()["network_id"])


def test_those_left_are_named_by_the_ties_that_are_left(tmp_path: Path) -> None:
    people = [f"p{number}" for number in range(6)]
    case = cleared(with_network(tmp_path / "c.case", list(combinations(people, 2))), "p0", "p1", "p2")
    network = case.networks.set_index("network_id").loc[3]
    assert (network["kind"], network["size"], network["named"], network["edges"]) == ("network", 3, 3, 3)
    assert network["log10_e"] == case.edges[case.edges["network_id"] == 3]["log10_e"].median()
    said = "named: its evidence with 2 members passes, each on its own"
    assert reasons(case, 3) == dict.fromkeys(people[3:], (True, said))
    assert set(case.members.set_index("account_id").loc[people[3:], "edges"]) == {2}


def test_names_are_lost_one_after_the_other(tmp_path: Path) -> None:
    ring = [(f"p{number}", f"p{(number + 1) % 5}") for number in range(5)]
    triangle = [("p2", "q1"), ("q1", "q2"), ("p2", "q2")]
    case = cleared(with_network(tmp_path / "c.case", ring + triangle), "p0")
    assert {one for one, (named, _) in reasons(case, 3).items() if named} == {"p2", "q1", "q2"}
    assert set(reasons(case, 3)) == {"p1", "p2", "p3", "p4", "q1", "q2"}


def test_two_that_are_left_are_a_pair_that_names_nobody(tmp_path: Path) -> None:
    case = cleared(with_network(tmp_path / "c.case", [("p0", "p1"), ("p1", "p2"), ("p0", "p2")]), "p0")
    network = case.networks.set_index("network_id").loc[3]
    assert (network["kind"], network["size"], network["named"], network["edges"]) == ("pair", 2, 0, 1)
    assert {named for named, _ in reasons(case, 3).values()} == {False}
    assert all("a pair is often one person with two accounts" in why for _, why in reasons(case, 3).values())
    # A scan looks for no campaigns, no roles and no signs of a pair; what may excuse it is kept.
    assert case.directives.empty
    findings = case.findings[case.findings["network_id"] == 3]
    assert [*findings["gauge"]] == ["explanation"]
    assert case.members[case.members["network_id"] == 3]["role"].isna().all()


def test_a_members_evidence_is_the_second_strongest_tie_that_is_left(tmp_path: Path) -> None:
    """Ties of p0 to p5 have 9, 10, 11, ... in the order of `combinations`; p5 is cleared.

    p0 keeps 9, 10, 11, 12 (to p1, p2, p3, p4), p1 9, 14, 15, 16, p2 10, 14, 18, 19,
    p3 11, 15, 18, 21, p4 12, 16, 19, 21.
    """
    people = [f"p{number}" for number in range(6)]
    case = cleared(with_network(tmp_path / "c.case", list(combinations(people, 2))), "p5")
    left = case.members[case.members["network_id"] == 3].set_index("account_id")["log10_e"]
    assert left.to_dict() == {"p0": 11.0, "p1": 15.0, "p2": 18.0, "p3": 18.0, "p4": 19.0}


def test_a_network_that_lost_an_account_has_the_days_and_times_of_the_ties_that_are_left(
    tmp_path: Path,
) -> None:
    """The tie of 1 and 2 has acts on days 0 and 1, that of 1 and 3 on day 1, that of 2 and 3 on day 5 too."""
    rows = handmade.tables()
    day = 86_400 * handmade.SECOND_US
    on_days = {("1", "2"): (0, 1), ("1", "3"): (1,), ("2", "3"): (1, 5), ("3", "-100"): (9,)}
    rows["co_actions"] = [
        {"platform_a": "x", "account_a": a, "platform_b": "x", "account_b": b, "behaviour": "url", "object": f"o{n}",
         "time_a_us": handmade.START_US + n * day}
        for (a, b), days in on_days.items() for n in days
    ]  # fmt: skip
    for edge in rows["edges"]:
        days = on_days.get((edge["account_a"], edge["account_b"]), (0,))
        edge |= {
            name: handmade.START_US + n * day for name, n in (("first_us", days[0]), ("last_us", days[-1]))
        }
    write_case(handmade.connect(rows), handmade.run(), tmp_path / "c.case")
    case = cleared(open_case(tmp_path / "c.case"), "x:-100")
    network = case.networks.set_index("network_id").loc[1]
    assert (network["days"], network["edges"]) == (3, 3)
    assert (network["first_us"], network["last_us"]) == (handmade.START_US, handmade.START_US + 5 * day)


def test_a_directive_is_told_of_those_who_are_left(tmp_path: Path) -> None:
    """Six accounts, of whom p0 to p4 followed the first directive, p0 in two posts, and all were active that day.

    Without p0 and p1 three followed it in a post each, of four who were active. Nobody else followed the second. The
    third is of the whole log, in which p5 and p0 were active on no other day.
    """
    day = 86_400 * handmade.SECOND_US
    at = handmade.START_US // day * day
    people = [f"p{number}" for number in range(6)]
    made = with_network(tmp_path / "c.case", list(combinations(people, 2)))
    rows = {name: made.sql(f"SELECT * FROM {name}").to_arrow_table().to_pylist() for name in TABLES}
    directive = {"network_id": 3, "leads": True, "kind": "url", "members": 5, "active": 6, "posts": 6}
    rows["directives"] = [
        directive | {"directive_id": 1, "day_us": at},
        directive | {"directive_id": 2, "day_us": at, "members": 2, "posts": 2},
        directive | {"directive_id": 3, "day_us": None},
    ]
    rows["uptake"] = [
        {
            "directive_id": number,
            "network_id": 3,
            "platform": "x",
            "account_id": one,
            "posts": 2 if one == "p0" else 1,
        }
        for number, followers in ((1, people[:5]), (2, people[:2]), (3, people[:5]))
        for one in followers
    ]
    rows["traces"] = [
        {"behaviour": "url", "platform": "x", "account_id": one, "object": "o", "time_us": at + hour}
        for one in people for hour in (5, 6)
    ]  # fmt: skip
    write_case(handmade.connect(rows), handmade.run(), tmp_path / "d.case")
    case = cleared(open_case(tmp_path / "d.case"), "p0", "p1")
    found = case.directives.set_index("directive_id")[["followers", "members", "posts", "active"]]
    assert found.to_dict("index") == {
        key: {"followers": 3, "members": 3, "posts": 3, "active": 4} for key in (1, 3)
    }
    assert set(case.uptake["account_id"]) == {"p2", "p3", "p4"}


def test_several_pairs_are_no_network_and_their_ties_are_in_none(tmp_path: Path) -> None:
    hub = [("hub", one) for one in ("p0", "p1", "p2", "p3")]
    case = cleared(with_network(tmp_path / "c.case", [*hub, ("p0", "p1"), ("p2", "p3")]), "hub")
    assert set(case.networks["network_id"]) == {1, 2}
    assert case.edges["network_id"].isna().sum() == 2
    text = str(case.explain("p0"))
    assert "Not named, and in no network: an analyst cleared the accounts that tied it to one." in text
    assert "Evidence: 1 link, strongest first" in text


def test_other_networks_stay_as_they_were(made: Case) -> None:
    before, after = made.networks, cleared(made, "x:50").networks
    assert after.astype(str).to_dict("records") == before[:1].astype(str).to_dict("records")


def test_the_core_is_what_stands_when_the_thin_are_taken_away() -> None:
    path = [((1, "x", f"{one}"), (1, "x", f"{one + 1}")) for one in range(9)]
    assert two_core(path) == set()
    assert two_core([*path, (path[0][0], path[3][1])]) == {node for tie in path[:4] for node in tie}


def test_whoever_asks_is_told_that_an_analyst_cleared_the_account(made: Case) -> None:
    case = cleared(made)
    assert "Not named, and in no network: an analyst cleared it (B, " in str(case.explain("x:1"))
    assert "spoke to them)." in str(case.explain("x:1"))
    assert "no pair of accounts" not in str(case.explain("x:1"))
    assert "Without 1 account of it that an analyst cleared." in str(case.explain("network 1"))
    assert "cleared" not in str(case.explain("pair 2"))


def test_whose_ties_are_all_cleared_is_told_so(made: Case) -> None:
    text = str(cleared(made, "x:1", "x:2", "x:3").explain("x:-100"))
    assert "Not named, and in no network: an analyst cleared the accounts that tied it to one." in text


def test_the_terminal_counts_as_the_report_does(made: Case) -> None:
    said = " ".join(outcome_lines(cleared(made)))
    assert "In 1 network, none of whose accounts can be named" in said
    assert "of the 3 links found" in said
    assert "1 account was cleared by an analyst" in said


def test_the_terminal_says_what_the_log_cannot_show(made: Case) -> None:
    made.run["behaviours"] = [{"behaviour": "reply", "blind": "no column"}]
    assert "Not looked at, since this log does not show them: replies." in outcome_lines(made)


def test_who_asks_for_a_network_that_is_none_any_more_is_told_so(made: Case) -> None:
    case = cleared(made, "x:1", "x:2", "x:3")
    with pytest.raises(SynclineError, match="'network 1' is no network any more, since an analyst cleared"):
        case.explain("network 1")


def test_what_a_case_comes_to_is_what_is_left_of_it(made: Case) -> None:
    """Network 1 of accounts 1, 2, 3 and -100, and pair 2 of 50 and 60."""
    left = as_left(cleared(made, "x:1", "x:2", "x:3"))
    assert (left["networks"], left["pairs"], left["named"], left["edges"], left["cleared"]) == (0, 1, 0, 1, 3)
    assert (left["outcome"], left["outcome_why"]) == (
        "pairs",
        "Two accounts alone are a pair, often one person's, and no network.",
    )


def test_a_scan_that_found_pairs_alone_says_what_it_said_while_one_is_left(made: Case) -> None:
    case = cleared(made, "x:1", "x:2", "x:3")
    case.run |= {"outcome": "pairs", "outcome_why": "as the scan said"}
    assert as_left(case)["outcome_why"] == "as the scan said"


def test_where_all_are_cleared_nothing_is_left(made: Case) -> None:
    case = cleared(made, "x:1", "x:2", "x:3", "x:50")
    built = payload.build(case)["answer"]
    assert built["headline"] == "Nothing found"
    assert "No network and no pair is left without the accounts that an analyst cleared" in " ".join(
        built["sentences"]
    )


def test_where_pairs_are_left_there_is_no_network(made: Case) -> None:
    built = payload.build(cleared(made, "x:1", "x:2", "x:3"))["answer"]
    assert built["headline"] == "1 pair of accounts, no network"
