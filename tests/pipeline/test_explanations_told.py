"""A scan's report lists every innocent explanation that is checked, beside every network, whatever was found."""

import random
from pathlib import Path

import pytest
from whole_scan import Scan

import small_log
from syncline.cli import run
from syncline.report import payload

CHECKED = {
    "Breaking news", "Shared taste", "One event", "One day", "One custom", "Usual hours", "Fandom",
    "One account's commenters", "Mutual support", "Declared organisation", "One client app", "One domain",
    "Scheduler", "One person's second account",
}  # fmt: skip


def test_all_of_them_stand_in_the_gauges_with_what_was_found(
    scan: Scan, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = scan(small_log.write_csv(tmp_path / "log.csv", small_log.posts()), "log.csv")
    networks = [number for (number,) in ended.case.sql("SELECT network_id FROM networks").fetchall()]
    assert networks
    gauges = payload.build(ended.case)["gauges"]
    for number in networks:
        told = [one for gauge in gauges[str(number)].values() for one in gauge["explanations"]]
        assert {one["title"] for one in told} == CHECKED
        assert len(told) == len(CHECKED)
        for one in told:
            assert one["applies"] in (True, False, None)
            assert one["statement"].endswith(".")
    found = ended.case.sql(
        f"SELECT statement FROM findings WHERE gauge = 'explanation' AND network_id = {networks[0]}"
    ).fetchall()
    assert run(["explain", str(ended.folder), f"network {networks[0]}"]) == 0
    said = capsys.readouterr().out
    # Declared organisations are what analysts note; news and taste stand in the ladder.
    assert len(found) == len(CHECKED) - 3
    assert all(statement in said for (statement,) in found)
    assert "same days and news" in said
    assert "taste" in said


LEFT_OUT = {"Without the client app used most", "Without the web domain shared most"}
NO_CLIENT = "One client: the log names no client app that two of its accounts share."


@pytest.mark.parametrize(
    ("address", "client", "tried"),
    [
        (None, None, set()),
        ("url_{}", None, set()),
        ("https://site.example/{}", None, {"Without the web domain shared most"}),
        ("url_{}", "an app", {"Without the client app used most"}),
    ],
)
def test_what_the_log_does_not_tell_is_no_rung(
    scan: Scan,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    address: str | None,
    client: str | None,
    tried: set[str],
) -> None:
    rows = [
        post | {"urls": [address.format(post["retweeted_id"])] if address else [], "client": client}
        for post in small_log.posts()
    ]
    ended = scan(small_log.write_lines(tmp_path / "log.jsonl", rows), "log.jsonl")
    (network,) = payload.build(ended.case)["networks"]
    rungs = {rung["explanation"] for rung in network["ladder"]}
    assert rungs & LEFT_OUT == tried
    unknown = [one["statement"] for one in network["explanations"] if one["applies"] is None]
    assert (NO_CLIENT in unknown) == (client is None)
    assert any(one.startswith("One domain: no web address") for one in unknown) == (address == "url_{}")
    assert run(["explain", str(ended.folder), f"network {network['id']}"]) == 0
    said = capsys.readouterr().out
    assert {rung for rung in LEFT_OUT if rung in said} == tried
    assert all(f"not known: {statement}" in said for statement in unknown)


def test_friends_who_answer_each_other_on_a_hashtag_of_their_own_are_told_apart_from_a_ring(
    scan: Scan, tmp_path: Path
) -> None:
    """Four friends talk on #friends at an hour of each day; a ring pushes a hashtag of each day, at the same hours."""
    ended = scan(small_log.write_csv(tmp_path / "log.csv", _crowd_with_friends_and_ring()), "log.csv")
    applies = {
        frozenset(who): (applied, statement)
        for who, applied, statement in ended.case.sql(
            "SELECT list(account_id), any_value(f.applies), any_value(f.statement) FROM members"
            " JOIN findings AS f USING (network_id) WHERE f.sign = 'one_custom' GROUP BY network_id"
        ).fetchall()
    }
    friends = next(said for who, said in applies.items() if "friend0" in who)
    ring = next(said for who, said in applies.items() if "ring0" in who)
    assert friends[0] is True
    assert "on one hashtag, #friends, on 4 days or more. Without it, 0 of its" in friends[1]
    assert ring == (
        False,
        "One custom: its accounts did not meet on any one hashtag, text or address on 4 days or more.",
    )


def _crowd_with_friends_and_ring() -> list[small_log.Post]:
    draw = random.Random(1)
    acts = [
        (f"person{person}", day, draw.uniform(0, small_log.DAY_S), f"#tag{draw.randrange(60)}")
        for person in range(300)
        for day in range(20)
        for _ in range(2)
    ]
    for day in range(20):
        hour = draw.uniform(8, 20) * 3600
        for who in range(4):
            acts += [(f"friend{who}", day, hour + draw.uniform(0, 600), "#friends") for _ in range(2)]
            acts.append((f"ring{who}", day, hour + draw.uniform(0, 600), f"#order{day}"))
    return [
        {
            "post_id": f"p{number}",
            "account_id": who,
            "created_at": int(small_log.START_S + day * small_log.DAY_S + second),
            "text": tag,
        }
        for number, (who, day, second, tag) in enumerate(acts)
    ]
