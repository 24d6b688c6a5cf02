"""The evidence in words: complete, in the right order, and harmless to a terminal."""

import json
import re
from pathlib import Path

import pytest

import handmade
from syncline.api import Case, open_case
from syncline.case import write_case
from syncline.errors import SynclineError
from syncline.explain import explain
from syncline.report import payload


def said(made: Case, who: str) -> str:
    return str(made.explain(who))


@pytest.mark.parametrize("who", ["x:3", handmade.PERSIAN, f"@{handmade.PERSIAN}", f"x:{handmade.PERSIAN}"])
def test_an_account_is_found_by_key_and_by_username(made: Case, who: str) -> None:
    assert made.explain(who).data["account"]["account_id"] == "3"


@pytest.mark.parametrize("who", ["network 1", "Network 1", " network  1 ", "x:1"])
def test_a_network_and_an_account_of_one_number_are_told_apart(made: Case, who: str) -> None:
    assert made.explain(who).data["kind"] == ("account" if who == "x:1" else "network")


def test_a_number_that_is_both_is_asked_back(made: Case) -> None:
    with pytest.raises(SynclineError, match="'1' may be network 1 or x:1; say which"):
        made.explain("1")


def test_a_number_that_is_only_one_of_them_is_that_one(made: Case) -> None:
    assert made.explain("50").data["kind"] == "account"


def test_pairs_are_networks_of_two(made: Case) -> None:
    assert said(made, "pair 2").startswith("Pair 2: 2 accounts, 0 named, 1 link")


@pytest.mark.parametrize("who", ["nobody", "network 9", "", "9" * 40, "'; DROP TABLE posts; --", "\x1b[2J"])
def test_nobody_of_that_name(made: Case, who: str) -> None:
    with pytest.raises(SynclineError, match="knows no account or network") as error:
        made.explain(who)
    assert "\x1b" not in str(error.value)


def test_a_named_account(made: Case) -> None:
    text = said(made, "x:1")
    assert "Named, in network 1: its own evidence passes with two members at least." in text
    assert "Reason: reason 0" in text
    assert "Evidence: 2 links, strongest first" in text


def test_a_member_is_never_called_named(made: Case) -> None:
    text = said(made, "x:-100")
    assert "Not named. A member of network 1 only." in text
    assert "Named, in" not in text


def test_an_account_in_no_network(made: Case) -> None:
    text = said(made, "seven")
    assert "Not named, and in no network" in text
    assert "Evidence:" not in text


def test_a_link_between_two_networks_is_said_to_be_in_none(tmp_path: Path) -> None:
    rows = handmade.tables()
    link = rows["edges"][0] | {"network_id": None, "account_a": "1", "account_b": "50", "log10_e": 99.0}
    rows["edges"].append(link)
    case = write_case(handmade.connect(rows), handmade.run(), tmp_path / "c.case")
    text = str(explain(case, "x:1"))
    own = text.split("\n1. ")[1].split("\n2. ")[0]
    assert "In no network: the two are not in the same one, so that it names neither." in own
    assert text.count("In no network: the two") == 1
    assert "Evidence: 3 links, strongest first" in text
    left_out = payload.build(open_case(case.path))["left_out"]
    assert left_out == ["1 link between accounts that are not in one network is in no picture and no list here, but "
                        "in the case's table of edges."]  # fmt: skip


def test_posts_stand_one_under_the_other_with_both_times_the_earlier_first(made: Case) -> None:
    lines = said(made, "x:1").splitlines()
    first = next(place for place, line in enumerate(lines) if "post 1211" in line)
    assert lines[first - 2 : first + 3] == [
        "     2016-01-03 12:59:20 UTC  @@two (x:2)  post 1212",
        f"       {handmade.FORMULA}",
        "     2016-01-03 13:00:00 UTC  @=one (x:1)  post 1211  (40 seconds later)",
        f"       {handmade.FORMULA}",
        "     2 of 4,043 accounts reposted this that day, these two within a minute of each other; "
        "expected with one of them: 0.004.",
    ]


def test_a_network_lists_named_accounts_apart_from_members(made: Case) -> None:
    text = said(made, "network 1")
    named, members = text.split("Members only, not named (1)")
    assert "Named, each by evidence of its own (3)" in named
    assert "x:-100" in members.split("Evidence")[0]
    assert "x:-100" not in named


def test_the_ladder_and_the_innocent_explanations_are_there(made: Case) -> None:
    text = said(made, "x:1")
    assert "  chance: 4 of 4 links left, median evidence 12.0 (log10 e)" in text
    assert "  applies: All posts came from one client: " in text


@pytest.mark.parametrize("who", ["x:1", "network 1", "seven"])
def test_it_ends_with_what_it_does_not_say(made: Case, who: str) -> None:
    *_, last = said(made, who).split("\n\n")
    assert last.startswith("What this does not say\n")
    assert "nothing on who runs them" in last


@pytest.mark.parametrize("who", ["x:1", "x:2", "x:3", "x:-100", "x:50", "seven", "network 1", "network 2"])
def test_nothing_that_acts_reaches_the_terminal(made: Case, who: str) -> None:
    text = said(made, who)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", text)


def test_a_post_cannot_forge_a_line(made: Case) -> None:
    assert "second line" in said(made, "x:1")
    assert not any(line.lstrip().startswith("second line") for line in said(made, "x:1").splitlines())


def test_the_shown_is_cut_and_says_so_and_the_whole_is_whole(
    made: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("syncline.explain._EDGES_SHOWN", 1)
    monkeypatch.setattr("syncline.explain._CO_ACTIONS_SHOWN", 1)
    text = said(made, "network 1")
    assert "   … and 1 more co-action; --json shows them all." in text
    assert "… and 3 more links; --json shows them all." in text
    whole = made.explain("network 1", whole=True).data["edges"]
    assert [len(edge["co_actions"]) for edge in whole] == [2, 2, 2, 2]


def test_the_data_are_json(made: Case) -> None:
    data = json.loads(json.dumps(made.explain("x:1", whole=True).data))
    assert data["edges"][0]["co_actions"][0]["text_a"] == handmade.SCRIPT


def test_an_account_stands_in_a_sign_of_the_whole_log(tmp_path: Path) -> None:
    rows = handmade.tables()
    rows["findings"].append(
        {"gauge": "authenticity", "sign": "creation_batch", "applies": True, "account_ids": ["2", "50"],
         "statement": "2 accounts were made together.", "numbers": '{"innocent": "a wave of sign-ups"}'}
    )  # fmt: skip
    # Two platforms have an account 50: which of them the finding is about, nobody knows.
    rows["accounts"].append({"platform": "y", "account_id": "50"})
    write_case(handmade.connect(rows), handmade.run(), tmp_path / "s.case")
    case = open_case(tmp_path / "s.case")
    title = "What accounts of the whole log show, this one among them\n"
    expected = f"{title}  2 accounts were made together.\n  Innocent readings: a wave of sign-ups.\n"
    assert expected in str(case.explain("x:2"))
    assert title not in str(case.explain("x:1")) + str(case.explain("x:50")) + str(case.explain("network 1"))
