"""Which innocent explanations apply to a network, and how that is said."""

from collections.abc import Sequence

import duckdb
import pyarrow as pa
import pytest

from syncline.engines.duckdb import DuckDBEngine
from syncline.networks import conclude, explain_networks
from syncline.networks.checks import _RUNGS, _USUAL_HOURS
from syncline.traces import HABITS

DAY = 19_700
NO_HOURS = pa.table({"network": pa.array([], pa.int64())})
VALUES = {
    "one_event": str(DAY),
    "one_day": str(DAY),
    "one_client": "an app",
    "one_domain": "site.example",
    "one_custom": "a hashtag",
}


def findings(
    meetings: int,
    of: int,
    left: int,
    links: int,
    in_all: int | None = None,
    custom: tuple[str, str] = ("hashtag", "river"),
) -> dict[str, tuple[bool, str]]:
    """What is said of a network whose every explanation covers so many meetings and leaves so many links.

    Of `in_all` meetings, if given, `of` are on addresses.
    """
    behaviour, key = custom
    values = {**VALUES, "one_custom": key}
    engine = DuckDBEngine(duckdb.connect())
    engine.put("link_meetings", pa.table({"network": [1]}))
    engine.put("usual_hours", NO_HOURS)
    engine.put(
        "explanations",
        pa.Table.from_pylist(
            [
                {
                    "network": 1,
                    "sign": sign,
                    "value": value,
                    "behaviour": behaviour if sign == "one_custom" else None,
                    "meetings": meetings,
                    "hidden": 0,
                    "of": of if sign == "one_domain" else in_all or of,
                }
                for sign, value in values.items()
            ]
        ),
    )
    rungs = [_RUNGS[sign] for sign in VALUES if sign in _RUNGS]
    engine.put(
        "ladder",
        pa.Table.from_pylist(
            [{"network_id": 1, "explanation": rung, "edges": left, "of": links} for rung in rungs]
        ),
    )
    conclude(engine)
    rows = engine.fetch("SELECT sign, applies, statement FROM findings").to_pylist()
    return {row["sign"]: (row["applies"], row["statement"]) for row in rows}


@pytest.mark.parametrize(
    ("meetings", "of", "left", "links", "applies"),
    [
        (80, 100, 10, 10, set(VALUES)),
        (79, 100, 10, 10, set()),
        (50, 100, 2, 10, set(VALUES) - {"one_day"}),
        (50, 100, 3, 10, set()),
        # Where evidence is thin, links fall whatever is left out.
        (49, 100, 2, 10, {"one_client", "one_domain"}),
    ],
)
def test_it_covers_the_meetings_or_the_network_falls_without_them(
    meetings: int, of: int, left: int, links: int, applies: set[str]
) -> None:
    found = findings(meetings, of, left, links)
    assert {sign for sign, (applied, _) in found.items() if applied} == applies


@pytest.mark.parametrize(("in_all", "applies"), [(10, True), (11, False)])
def test_a_domain_explains_nothing_where_few_meetings_are_on_addresses(in_all: int, applies: bool) -> None:
    applied, statement = findings(2, 2, 10, 10, in_all)["one_domain"]
    assert applied == applies
    assert statement.startswith("One domain: 2 of its 2 meetings on web addresses led to site.example.")


@pytest.mark.parametrize(
    ("meetings", "of", "left", "links", "said"),
    [
        (
            1,
            1,
            0,
            1,
            "One event: 1 of its 1 meeting fell on the three days from 9 December 2023."
            " Without them, 0 of its 1 link pass.",
        ),
        (
            1,
            2,
            1,
            2,
            "One event: 1 of its 2 meetings fell on the three days from 9 December 2023."
            " Without them, 1 of its 2 links passes.",
        ),
        (
            2000,
            3000,
            2,
            30,
            "One event: 2,000 of its 3,000 meetings fell on the three days from 9 December 2023."
            " Without them, 2 of its 30 links pass.",
        ),
    ],
)
def test_the_statement(meetings: int, of: int, left: int, links: int, said: str) -> None:
    assert findings(meetings, of, left, links)["one_event"][1] == said


def test_a_client_that_the_log_does_not_name_explains_nothing() -> None:
    engine = DuckDBEngine(duckdb.connect())
    engine.put("link_meetings", pa.table({"network": [1]}))
    engine.put("usual_hours", NO_HOURS)
    engine.put(
        "explanations",
        pa.table(
            {
                "network": [1, 1],
                "sign": ["one_day", "one_event"],
                "value": [str(DAY)] * 2,
                "meetings": [1, 1],
                "of": [3, 3],
                "hidden": [0, 0],
            }
        ),
    )
    engine.put(
        "ladder",
        pa.table({"network_id": [1], "explanation": [_RUNGS["one_client"]], "edges": [5], "of": [5]}),
    )
    conclude(engine)
    statement = engine.row("SELECT statement FROM findings WHERE sign = 'one_client' AND applies IS NULL")[0]
    assert statement == "One client: the log names no client app that two of its accounts share."


def said_of_addresses(*addresses: str) -> tuple[bool | None, str]:
    """Whether one domain applies, and how that is said, for a network whose meetings are on so many addresses."""
    engine = DuckDBEngine(duckdb.connect())
    meetings = range(len(addresses))
    engine.put(
        "judged_meetings",
        pa.Table.from_pylist(
            [
                {"behaviour": 1, "object": number, "account_a": 0, "account_b": 1, "post_a": number,
                 "post_b": number, "time_a_us": DAY * 86_400_000_000, "time_b_us": DAY * 86_400_000_000}
                for number in meetings
            ]
        ),
    )  # fmt: skip
    link = {"account_a": [0], "account_b": [1], "network": [1], "window_us": [60_000_000]}
    engine.put("network_links", pa.table(link))
    engine.put(
        "traces", pa.table({"account": [0, 1], "object": [0, 0], "time_us": [DAY * 86_400_000_000] * 2})
    )
    engine.put(
        "posts_coded", pa.table({"post": list(meetings), "client": pa.nulls(len(addresses), pa.string())})
    )
    engine.put(
        "objects",
        pa.table(
            {"object": meetings, "subject": meetings, "behaviour": [1] * len(addresses), "key": addresses}
        ),
    )
    engine.put("behaviour_names", pa.table({"behaviour": [1], "name": ["url"]}))
    explain_networks(engine)
    engine.put(
        "ladder",
        pa.table({"network_id": [1], "explanation": [_RUNGS["one_domain"]], "edges": [1], "of": [1]}),
    )
    conclude(engine)
    return engine.row("SELECT applies, statement FROM findings WHERE sign = 'one_domain'")


HIDDEN = "on addresses that do not say where they lead: shortened ones, or such as name no site."


def test_a_shortener_is_no_domain() -> None:
    assert said_of_addresses("t.co/abc", "bit.ly/def") == (
        None,
        f"One domain: no web address on which its accounts met shows its domain. 2 meetings were {HIDDEN}",
    )
    assert said_of_addresses("site.example/a", "t.co/abc", "t.co/def", "t.co/ghi") == (
        False,
        "One domain: 1 of its 4 meetings on web addresses led to site.example. "
        f"3 meetings were {HIDDEN} Without it, 1 of its 1 link passes.",
    )


def test_addresses_that_show_their_domain_may_all_lead_to_one() -> None:
    assert said_of_addresses("site.example/a", "site.example/b") == (
        True,
        "One domain: 2 of its 2 meetings on web addresses led to site.example. Without it, 1 of its 1 link passes.",
    )


@pytest.mark.parametrize("key", ["url_14210", "14210", "14210.0", "14210/page.html", "a1b2 c3.d4"])
def test_an_id_is_no_domain(key: str) -> None:
    assert said_of_addresses(key, key) == (
        None,
        f"One domain: no web address on which its accounts met shows its domain. 2 meetings were {HIDDEN}",
    )


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("www.site.example/a", "site.example"),
        ("site.example:8080", "site.example:8080"),
        ("пример.рф/страница", "пример.рф"),
        ("192.0.2.7/a", "192.0.2.7"),
        ("http://intranet/a", "intranet"),
    ],
)
def test_a_host_name_is_a_domain(address: str, domain: str) -> None:
    applies, said = said_of_addresses(address)
    assert applies
    assert said.startswith(f"One domain: 1 of its 1 meeting on web addresses led to {domain}.")


@pytest.mark.parametrize(("days", "value"), [([0, 1, 2, 2], None), ([0, 1, 2, 3], "river")])
def test_a_custom_is_what_was_met_on_at_four_days(days: Sequence[int], value: str | None) -> None:
    """A hashtag has an object for each day; a text that many meetings are on, all on one day, is no custom."""
    engine = DuckDBEngine(duckdb.connect())
    met = [("hashtag", 2, "river", day) for day in days] + [("text", 4, "words", 9)] * 5
    objects = sorted(set(met))
    engine.put(
        "link_meetings",
        pa.Table.from_pylist(
            [
                {"network": 1, "behaviour": code, "object": objects.index(one), "day": day, "client": None,
                 "domain": None}
                for one in met for _, code, _, day in [one]
            ],
            schema=pa.schema(
                {"network": pa.int64(), "behaviour": pa.uint8(), "object": pa.int32(), "day": pa.int32(),
                 "client": pa.string(), "domain": pa.string()}
            ),
        ),
    )  # fmt: skip
    engine.put(
        "objects",
        pa.Table.from_pylist(
            [
                {"object": number, "behaviour": code, "key": key}
                for number, (_, code, key, _) in enumerate(objects)
            ]
        ),
    )
    engine.put("behaviour_names", pa.table({"behaviour": [2, 4], "name": ["hashtag", "text"]}))
    engine.run("networks/explanations.sql", habit_days=HABITS["habit_days"])
    found = engine.fetch(
        "SELECT value, behaviour, meetings FROM explanations WHERE sign = 'one_custom'"
    ).to_pylist()
    assert found == ([{"value": value, "behaviour": "hashtag", "meetings": 4}] if value else [])


def test_what_is_left_out_is_what_an_explanation_covers() -> None:
    """An event is three days, whichever of a network's own; a custom is its hashtag on every day."""
    engine = DuckDBEngine(duckdb.connect())
    at = {"account_a": 0, "account_b": 1, "post_b": 0, "time_a_us": 0, "time_b_us": 0, "behaviour": 2}
    met = [
        # The network, the day, the hashtag's object, the app and the domain.
        (1, 9, 0, None, None), (1, 10, 1, None, None), (1, 12, 0, "an app", "site.example"),
        (1, 13, 1, "another", "other.example"), (2, 11, 0, "an app", None),
    ]  # fmt: skip
    engine.put(
        "link_meetings",
        pa.Table.from_pylist(
            [
                {**at, "network": network, "post_a": number, "day": day, "object": what, "client": client,
                 "domain": domain}
                for number, (network, day, what, client, domain) in enumerate(met)
            ]
        ),
    )  # fmt: skip
    values = {"one_event": "10", "one_client": "an app", "one_domain": "site.example", "one_custom": "river"}
    engine.put(
        "explanations",
        pa.Table.from_pylist(
            [
                {
                    "network": 1,
                    "sign": sign,
                    "value": value,
                    "behaviour": "hashtag" if sign == "one_custom" else None,
                }
                for sign, value in values.items()
            ]
        ),
    )
    engine.put("objects", pa.table({"object": [0, 1], "behaviour": [2, 2], "key": ["river", "road"]}))
    engine.put("behaviour_names", pa.table({"behaviour": [2], "name": ["hashtag"]}))
    engine.run("networks/covered_meetings.sql")
    left_out = {
        sign: engine.fetch(f"SELECT post_a FROM covered_meetings WHERE {sign}").column("post_a").to_pylist()
        for sign in values
    }
    assert left_out == {"one_event": [1, 2], "one_client": [2], "one_domain": [2], "one_custom": [0, 2]}


def test_a_long_text_is_cut_short_where_it_is_named() -> None:
    _, statement = findings(80, 100, 0, 10, custom=("text", "word " * 20))["one_custom"]
    assert statement == (
        f"One custom: 80 of its 100 meetings were on one text, {('word ' * 20)[:59]}…, on 4 days or more."
        " Without it, 0 of its 10 links pass."
    )


HOUR = 3_600_000_000


def on_hours(
    first: Sequence[int],
    second: Sequence[int],
    window_us: int = HOUR,
    subjects: Sequence[int] | None = None,
    a_day: int = 1,
    links: Sequence[tuple[int, int]] = ((0, 1),),
) -> tuple[bool | None, str]:
    """What is said of a network where two accounts, 0 and 1, act on so many things a day, at these times of the clock.

    Each is a thing of its own unless `subjects` says what recurs.
    """
    engine = DuckDBEngine(duckdb.connect())
    days = range(len(first))
    times = [
        (DAY + place // a_day) * 24 * HOUR + clock
        for clocks in (first, second)
        for place, clock in enumerate(clocks)
    ]
    linked = [{"account_a": a, "account_b": b, "network": 1, "window_us": window_us} for a, b in links]
    engine.put("network_links", pa.Table.from_pylist(linked))
    traces = {"account": [0] * len(days) + [1] * len(days), "object": [*days, *days], "time_us": times}
    engine.put("traces", pa.table(traces))
    engine.put("objects", pa.table({"object": days, "subject": subjects or days}))
    engine.run("networks/usual_hours.sql", **_USUAL_HOURS)
    engine.put("link_meetings", pa.table({"network": [1]}))
    engine.put("explanations", pa.Table.from_pylist([
        {"network": 1, "sign": sign, "value": str(DAY), "of": 1, "meetings": 1, "hidden": 0}
        for sign in ("one_day", "one_event")
    ]))  # fmt: skip
    engine.put("ladder", pa.table({"network_id": [1], "explanation": ["-"], "edges": [1], "of": [1]}))
    conclude(engine)
    return engine.row("SELECT applies, statement FROM findings WHERE sign = 'usual_hours'")


def test_who_comes_at_the_same_hour_every_day_is_explained_by_it() -> None:
    """Midnight is no border: a quarter before it and a quarter after it are close."""
    evening, night = 24 * HOUR - HOUR // 4, HOUR // 4
    applies, said = on_hours([evening] * 30, [evening - 60_000_000] * 30)
    assert applies is True
    assert said == (
        "Usual hours: its accounts met 30 times on what they share; had each come at its hours of another day, "
        "30 would be expected."
    )
    around_midnight = [night if day % 2 else evening for day in range(30)]
    assert on_hours(around_midnight, around_midnight)[0] is True


def test_accounts_of_a_network_that_are_not_linked_count_too() -> None:
    """Links are those that chance favoured: of usual hours, the rest of the pairs says more."""
    noon = [12 * HOUR] * 30
    assert on_hours(noon, noon, links=((0, 2), (1, 2)))[0] is True


def test_who_comes_together_at_another_hour_each_day_is_not() -> None:
    hours = [day * 7 % 24 * HOUR for day in range(30)]
    applies, said = on_hours(hours, hours)
    assert applies is False
    assert said.startswith(
        "Usual hours: its accounts met 30 times on what they share; had each come at its hours of"
    )


def test_what_recurs_is_held_against_itself() -> None:
    """Five prayers a day, each with a formula and a time of its own: one of another formula says nothing."""
    slots = [day % 5 for day in range(30)]
    hours = [slot * 4 * HOUR for slot in slots]
    assert on_hours(hours, hours, subjects=slots)[0] is True
    assert on_hours(hours, hours)[0] is False


def test_what_recurs_says_nothing_of_what_does_not() -> None:
    """The five prayers, and on thirty other days the day's news at one hour: both are explained, each by itself."""
    slots = [day % 5 for day in range(30)]
    hours = [slot * 4 * HOUR for slot in slots] + [14 * HOUR] * 30
    applies, said = on_hours(hours, hours, subjects=[*slots, *range(100, 130)])
    assert applies is True
    assert said.endswith("60 would be expected.")


def test_a_day_is_not_held_against_itself() -> None:
    """Ten things in one hour of each of three days, every day another hour."""
    hours = [place // 10 * 8 * HOUR for place in range(30)]
    applies, said = on_hours(hours, hours, a_day=10)
    assert applies is False
    assert said.endswith(
        "met 30 times on what they share; had each come at its hours of another day, 0 would be expected."
    )


@pytest.mark.parametrize(("days", "window_us"), [(19, HOUR), (1, HOUR), (30, 24 * HOUR)])
def test_few_meetings_and_windows_of_a_day_say_nothing_on_hours(days: int, window_us: int) -> None:
    assert on_hours([HOUR] * days, [HOUR] * days, window_us) == (
        None,
        "Usual hours: too few meetings on several days to compare one day's hours with another's.",
    )


@pytest.mark.parametrize(("expected", "applies"), [(13.3, False), (13.4, True)])
def test_hours_explain_from_two_thirds_on_and_not_from_what_rounds_to_it(
    expected: float, applies: bool
) -> None:
    engine = DuckDBEngine(duckdb.connect())
    engine.put("link_meetings", pa.table({"network": [1]}))
    engine.put("usual_hours", pa.table({"network": [1], "meetings": [20], "expected": [expected]}))
    engine.put(
        "explanations",
        pa.Table.from_pylist(
            [
                {"network": 1, "sign": sign, "value": str(DAY), "of": 1, "meetings": 1, "hidden": 0}
                for sign in ("one_day", "one_event")
            ]
        ),
    )
    engine.put("ladder", pa.table({"network_id": [1], "explanation": ["-"], "edges": [1], "of": [1]}))
    conclude(engine)
    assert engine.row("SELECT applies FROM findings WHERE sign = 'usual_hours'") == (applies,)
