"""What the networks did, as the report tells it: figures from the tables, notes as they were written."""

from typing import Any

import pytest
from made_case import MadeCase, Plan, make

from syncline.notes import Note, Notes, note_of
from syncline.report import answer, campaigns, evidence, gauges, payload, targets

WHEN = "2026-01-02T03:04:05Z"


def note(kind: str, *about: str, **fields: Any) -> Note:
    return note_of(kind=kind, about=about, by="A. Analyst", when=WHEN, **fields)


@pytest.fixture
def case() -> MadeCase:
    return make(Plan(networks=(10, 4), pairs=1, campaigns=True))


def test_the_calendar_holds_each_day_once_and_in_order(case: MadeCase) -> None:
    built = payload.build(case)
    campaign = built["campaigns"]["1"]
    assert campaign["summary"].startswith("3 directives on 2 days and throughout the log: ")
    assert [day["day"] for day in campaign["days"]] == ["3 January 2016", "4 January 2016"]
    (first,) = campaign["days"][0]["directives"]
    assert (first["kind"], built["strings"][first["label"]]) == ("Hashtag", "account")
    assert (first["followers"], first["active"], first["share"]) == (10, 10, 1.0)
    assert first["speed"] == "half of 10 accounts within 1 minute 30 seconds of the first"
    assert (first["curve"][0], first["curve"][-1]) == ([0, 1], [540, 10])
    assert len(first["posts"]) == campaigns.POSTS_EACH
    assert built["accounts"][first["first"]]["id"] == "1000"
    assert [one["kind"] for one in campaign["throughout"]] == ["URL"]
    assert "0.041 expected" in built["strings"][first["words"]]


def test_a_directives_time_is_that_of_all_that_goes_with_it(case: MadeCase) -> None:
    """As its followers and its delays are: here its text came an hour before its hashtag, and from one account more."""
    case.connection.execute(
        "CREATE OR REPLACE VIEW directives AS SELECT * REPLACE ("
        " CASE WHEN leads THEN first_us ELSE first_us - 3600000000 END AS first_us,"
        " CASE WHEN leads THEN members - 1 ELSE members END AS members) FROM made_directives"
    )
    built = payload.build(case)
    (directive,) = built["campaigns"]["1"]["days"][0]["directives"]
    assert directive["when"] == "2016-01-03 11:00:00 UTC to 2016-01-03 13:00:00 UTC"
    assert (
        "9 of 10 active accounts took it up in 10 posts (10 with what goes with it);"
        in (built["strings"][directive["words"]])
    )


def test_pairs_have_no_campaign(case: MadeCase) -> None:
    assert set(payload.build(case)["campaigns"]) == {"1", "2"}


def test_what_a_file_cannot_carry_is_said(monkeypatch: pytest.MonkeyPatch, case: MadeCase) -> None:
    monkeypatch.setattr(campaigns, "MAX_DIRECTIVES", 3)
    monkeypatch.setattr(targets, "MAX_TARGETS", 1)
    built = payload.build(case)
    assert "2 are in this file" in built["campaigns"]["1"]["summary"]
    assert "1 are in this file" in built["campaigns"]["2"]["summary"]
    assert built["targets"]["left_out"].startswith("1 of 2 accounts addressed")


def test_a_targets_page_holds_what_happened_when_by_how_many_and_which_posts(case: MadeCase) -> None:
    built = payload.build(case)
    page = built["targets"]["pages"][0]
    assert [episode["when"] for episode in page["episodes"]] == ["3 January to 4 January 2016"] * 2
    said = " ".join(page["episodes"][0]["sentences"])
    for needed in ("10 accounts of the network (100% of it)", "3 of them replies", "3.5 replies and mentions an hour",
                   "0.12 at other times", "25% on average", "50% of the network"):  # fmt: skip
        assert needed in said
    posts = page["episodes"][0]["posts"]
    assert {built["strings"][post[4]] for post in posts} == {f"{1000 + n}-own-0" for n in range(10)}
    assert all(built["accounts"][post[0]]["network"] == 1 for post in posts)
    assert page["episodes"][0]["total"] == 10


def test_roles_are_told_with_their_interval_and_what_is_innocent_about_a_clock(case: MadeCase) -> None:
    built = payload.build(case)
    roles = built["campaigns"]["1"]["roles"]
    assert roles["summary"] == "4 authors, 3 boosters and 3 of mixed role, none of the three being sure."
    by_account = {row[0]: [built["strings"][place] for place in row[1:]] for row in roles["rows"]}
    index = {account["id"]: place for place, account in enumerate(built["accounts"])}
    assert by_account[index["1000"]] == [
        "author",
        "3 written, 1 boosted, 0 addressed (posts on directives); 75% (55% to 90%)",
        "among the first quarter in 2 of 3 directives",
        "moves first",
    ]
    assert by_account[index["1001"]][3] == "alone joins 4 accounts to the rest"
    assert by_account[index["1002"]][3].endswith("as schedulers and feeds do")


def test_the_first_screen_says_what_they_did_and_who_listened(case: MadeCase) -> None:
    said = payload.build(case)["answer"]["sentences"][-1]
    assert said == (
        "They took up 6 things together, turned to 1 account together and lifted 1 account. "
        "Their reach beyond themselves is limited."
    )
    assert answer.so_what(make(Plan(networks=()))) == ""


@pytest.mark.parametrize(
    ("days", "did"),
    [
        ("day_us IS NULL", "took up 2 things together throughout the log"),
        ("day_us IS NOT NULL", "took up 4 things together on 2 days"),
        ("FALSE", ""),
    ],
)
def test_what_was_taken_up_throughout_fell_on_no_day(case: MadeCase, days: str, did: str) -> None:
    case.sql(f"SELECT * FROM directives WHERE {days}").create("chosen")
    case.connection.execute("CREATE OR REPLACE VIEW directives AS FROM chosen")
    summary = payload.build(case)["campaigns"]["1"]["summary"]
    assert "on 0 days" not in summary
    assert ("throughout the log" in summary) == ("IS NULL" in days)
    said = answer.so_what(case)
    assert said.startswith(f"They {did}, turned to" if did else "They turned to")


def test_gauges_are_never_added_up_and_their_explanations_say_what_was_found(case: MadeCase) -> None:
    gauge = payload.build(case)["gauges"]["1"]
    assert set(gauge) == {"coordination", "source", "impact"}
    assert gauge["impact"]["statements"] == ["Limited reach: account", "Breakout category 1 of 6."]
    assert gauge["source"]["statements"] == [
        "No source is known. Syncline names no sponsor, no country and no person."
    ]
    found = {one["title"]: one["applies"] for one in gauge["source"]["explanations"]}
    assert found == {"Declared organisation": None, "One domain": True}
    found = {one["title"]: one["applies"] for one in gauge["coordination"]["explanations"]}
    assert found == {"Breaking news": False, "Shared taste": False, "One day": False}


def test_notes_speak_in_the_gauges_with_who_and_when() -> None:
    notes = Notes(
        [
            note("organisation", "x:1000", "x:1001", name="Example Union", link="https://union.example"),
            note("impact", "network 1", level=5, link="https://news.example/1"),
            note("attribution", "network 1", name="Somebody", text="They said so."),
            note("reply", "network 99", text="We deny it.", date="2026-01-01"),
        ]
    )
    built = payload.build(make(Plan(networks=(10,), campaigns=True, notes=notes)))
    gauge = built["gauges"]["1"]
    assert gauge["source"]["statements"] == [
        "2 of 10 accounts belong to Example Union, which says so at https://union.example "
        "(noted by A. Analyst, 2026-01-02).",
        "A. Analyst attributes it to Somebody (2026-01-02): They said so.",
    ]
    assert gauge["source"]["explanations"][0]["applies"] is True
    assert gauge["impact"]["statements"][-1] == (
        "Breakout category 5, by a link that A. Analyst gave (2026-01-02): https://news.example/1"
    )
    assert [(one["title"], one["networks"], one["lost"]) for one in built["notes"]] == [
        ("Declared organisation", [1], False),
        ("Impact, Breakout category 5", [1], False),
        ("Attributed by the analyst", [1], False),
        ("Right of reply, 1 January 2026", [], True),
    ]


def test_a_network_without_findings_has_its_gauges_all_the_same() -> None:
    case = make(Plan(networks=(4,)))
    found = evidence.build(case, [1])
    assert campaigns.build(case, payload.build(case)["networks"], found, 1)["1"]["summary"].startswith(
        "No directive"
    )
    gauge = gauges.build(case, payload.build(case)["networks"], {}, {})["1"]
    assert gauge["impact"]["statements"] == ["Nothing was measured."]


def test_the_gauge_of_coordination_takes_its_rungs_by_number(case: MadeCase) -> None:
    case.connection.execute(
        "CREATE TABLE told AS SELECT * REPLACE ('Said otherwise' AS explanation) FROM ladder"
    )
    case.connection.execute("CREATE OR REPLACE VIEW ladder AS FROM told")
    checked = payload.build(case)["gauges"]["1"]["coordination"]["explanations"]
    assert [entry["title"] for entry in checked[:2]] == ["Breaking news", "Shared taste"]
