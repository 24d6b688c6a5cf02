import pytest

from syncline import words

DAY = 86_400_000_000


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, "0 accounts"), (1, "1 account"), (2, "2 accounts"), (4043, "4,043 accounts"), (1.5, "1.5 accounts")],
)
def test_plural_agrees_with_its_number(count: float, expected: str) -> None:
    assert words.plural(count, "account") == expected


def test_plural_of_an_irregular_noun() -> None:
    assert [words.plural(n, "reply", "replies") for n in (0, 1, 2)] == ["0 replies", "1 reply", "2 replies"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "0"),
        (1_234_567, "1,234,567"),
        (0.00412, "0.0041"),
        (0.5, "0.5"),
        (3.14159, "3.1"),
        (12.34, "12.3"),
        (1234.5, "1,234"),
        (0.04, "0.04"),
        (1e-12, "less than 0.00000001"),
    ],
)
def test_number(value: float, expected: str) -> None:
    assert words.number(value) == expected


@pytest.mark.parametrize(
    ("items", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_listing(items: list[str], expected: str) -> None:
    assert words.listing(items) == expected


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0, "0%"),
        (0.05, "5%"),
        (0.125, "12.5%"),
        (0.0004, "less than 0.1%"),
        (0.9999, "more than 99.9%"),
        (1, "100%"),
    ],
)
def test_percent(share: float, expected: str) -> None:
    assert words.percent(share) == expected


def test_dates_are_utc_and_reach_the_odd_years() -> None:
    assert words.date(0) == "1 January 1970"
    assert words.date(-DAY) == "31 December 1969"
    assert words.date(9_223_372_036_854_775_807) == "a time outside the calendar"


def test_time_is_never_finer_than_the_clock_of_the_log() -> None:
    at = 1_451_822_645_250_000
    assert words.time(at, 1) == "2016-01-03 12:04:05.25 UTC"
    assert words.time(at, 1_000_000) == "2016-01-03 12:04:05 UTC"
    assert words.time(at, 60_000_000) == "2016-01-03 12:04 UTC"
    assert words.time(at, DAY) == "2016-01-03 (UTC)"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (0, 1, "on 1 January 1970"),
        (0, 4 * DAY, "between 1 January and 5 January 1970"),
        (-DAY, DAY, "between 31 December 1969 and 2 January 1970"),
    ],
)
def test_date_range(first: int, last: int, expected: str) -> None:
    assert words.date_range(first, last) == expected


def test_date_span() -> None:
    assert words.date_span(0, 1) == "1 January 1970"
    assert words.date_span(0, 4 * DAY) == "1 January to 5 January 1970"


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (0, "no time"),
        (900, "less than a millisecond"),
        (250_000, "250 milliseconds"),
        (1_000_000, "1 second"),
        (1_250_000, "1 second 250 milliseconds"),
        (59_500_000, "59 seconds"),
        (65_000_000, "1 minute 5 seconds"),
        (3_600_000_000, "1 hour"),
        (2 * DAY + 3 * 3_600_000_000, "2 days 3 hours"),
    ],
)
def test_duration(length: int, expected: str) -> None:
    assert words.duration(length) == expected


@pytest.mark.parametrize(
    ("value", "resolution", "expected"),
    [
        (4_000_000, 1_000_000, "4 seconds later"),
        (-1_000_000, 1_000_000, "1 second earlier"),
        (0, 1_000_000, "in the same second"),
        (0, 60_000_000, "in the same minute"),
        (0, 1, "at the same moment"),
        (120_000_000, 60_000_000, "2 minutes later"),
    ],
)
def test_lag(value: int, resolution: int, expected: str) -> None:
    assert words.lag(value, resolution) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (1, "a second"),
        (10, "10 seconds"),
        (60, "a minute"),
        (90, "90 seconds"),
        (600, "10 minutes"),
        (3600, "an hour"),
    ],
)
def test_within(seconds: float, expected: str) -> None:
    assert words.within(seconds) == expected


@pytest.mark.parametrize(
    ("log10_e", "expected"),
    [
        (-2, "more than 1 in 10"),
        (1, "1 in 10"),
        (3.5, "1 in 3,000"),
        (6, "1 in 1 million"),
        (9.36, "1 in 2 billion"),
        (14.99, "1 in 900 trillion"),
        (22.7, "1 in 10²²"),
    ],
)
def test_one_in_never_says_more_than_the_evidence(log10_e: float, expected: str) -> None:
    assert words.one_in(log10_e) == expected


def test_odds() -> None:
    assert words.odds("url", 2, 4043, 60.0, 0.004) == (
        "2 of 4,043 accounts shared this URL that day, these two within a minute of each other; "
        "expected with one of them: 0.004"
    )
    assert words.odds("repost", 1, 1, 3600.0, 0.0).startswith("1 of 1 account reposted this that day")


def test_every_behaviour_has_its_words() -> None:
    from syncline.schema import BEHAVIOURS

    assert set(words.ACTED) == set(words.BEHAVIOUR_NOUNS) == set(BEHAVIOURS)
    assert words.behaviours(["repost", "url", "hashtag"]) == "reposts, URLs and hashtags"
