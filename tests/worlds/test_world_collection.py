"""What reaches the log: clock, keywords, outages, caps, polls."""

from functools import cache

from asking import World as Asked
from asking import preset

from syncline.worlds import World, generate
from syncline.worlds.world import Collection, Event, Interests, People

PEOPLE = People(accounts=500, posts_per_day=3.0)


@cache
def log(**collection: object) -> Asked:
    settings = Collection.model_validate(collection)
    world = World(days=7, people=PEOPLE, interests=Interests(communities=12), events=(Event(day=3),))
    return Asked(generate(world.model_copy(update={"collection": settings})))


def test_the_clock_has_the_resolution_asked_for() -> None:
    assert log(resolution_s=60.0).value("SELECT count(*) FROM posts WHERE time_us % 60000000 != 0") == 0
    fine = log(resolution_s=0.001)
    assert fine.value("SELECT count(*) FROM posts WHERE time_us % 1000 != 0") == 0
    assert fine.value("SELECT count(*) FROM posts WHERE time_us % 1000000 != 0") > 1_000


def test_days_are_in_order_of_the_clock() -> None:
    disorder = (
        "SELECT count(*) FROM (SELECT time_us < lag(time_us) OVER (ORDER BY source_row) AS w FROM posts)"
    )
    assert log().value(f"{disorder} WHERE w") == 0
    rows = "SELECT min(source_row), max(source_row), count(DISTINCT source_row), count(*) FROM posts"
    first, last, distinct, count = log().row(rows)
    assert (first, last, distinct) == (1, count, count)


def test_a_cap_keeps_the_first_reposts_of_a_post() -> None:
    whole, capped = log(), log(repost_cap=5)
    sizes = "SELECT max(n) FROM (SELECT count(*) AS n FROM posts WHERE is_repost GROUP BY reposted_post_id)"
    assert whole.value(sizes) > 8
    assert capped.value(sizes) == 5
    kept = set(capped.rows("SELECT post_id FROM posts"))
    assert kept < set(whole.rows("SELECT post_id FROM posts"))
    counted = "SELECT max(reposts) FROM posts"
    assert capped.value(counted) == whole.value(counted)


def test_polled_reposts_have_equal_delays() -> None:
    tied = """
        SELECT sum(n) FILTER (n >= 3) / sum(n), bool_and(delay % 3600000000 = 0) FROM (
            SELECT r.time_us - s.time_us AS delay, count(*) AS n
            FROM posts r JOIN posts s ON r.reposted_post_id = s.post_id
            WHERE r.is_repost GROUP BY s.post_id, 1)
    """
    share, on_polls = log().row(tied)
    assert (share or 0.0) < 0.02
    assert not on_polls
    share, on_polls = log(polled_share=1.0, poll_interval_s=3600.0).row(tied)
    assert share > 0.1
    assert on_polls


def test_keywords_leave_communities_out() -> None:
    communities = "SELECT count(DISTINCT hashtags[1]) FROM posts"
    assert log(keyword_share=0.5).value(communities) < 0.75 * log().value(communities)
    late = log(late_keyword_share=1.0)
    first_day = "SELECT count(*) FILTER (time_us < (SELECT min(time_us) FROM posts) + 86400000000) FROM posts"
    assert late.value(first_day) < 0.7 * log().value(first_day)


def test_events_stay_in_view_whatever_the_keywords() -> None:
    event = "SELECT count(*) FROM truth_posts WHERE kind = 'breaking_news'"
    assert log(keyword_share=0.1).value(event) == log().value(event) > 100


def test_outages_are_silent_hours() -> None:
    longest = """
        SELECT max(t - p) / 3600e6
        FROM (SELECT time_us AS t, lag(time_us) OVER (ORDER BY time_us) AS p FROM posts)
    """
    assert log().value(longest) < 2
    assert log(outage_hours_per_week=16.0).value(longest) >= 8


def test_the_election_is_seen_through_all_of_it() -> None:
    capped = preset("election").value("""
        SELECT max(n) FROM (SELECT count(*) AS n FROM posts WHERE is_repost GROUP BY reposted_post_id)
    """)
    assert capped == 100
