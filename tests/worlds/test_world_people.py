"""Ordinary people: heavy tails, hours, taste, bursts, delays; and what naive detectors make of them."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from asking import preset

from syncline.worlds import World, generate
from syncline.worlds.places import PLACES
from syncline.worlds.world import Innocent, Interests, People

HOUR_US = 3_600_000_000

ORGANIC = (
    "posts JOIN truth_posts USING (platform, post_id, account_id) JOIN truth USING (platform, account_id)"
)


def local_hours(name: str, place: str, days: tuple[int, ...]) -> np.ndarray:  # type: ignore[type-arg]
    """Share of posts by local hour, of accounts that say they live in a place, on some weekdays."""
    shift = int(PLACES[place].utc_offset * HOUR_US)
    rows = preset(name).rows(f"""
        SELECT (time_us + {shift}) // {HOUR_US} % 24, count(*) FROM {ORGANIC}
        JOIN accounts USING (platform, account_id)
        WHERE kind = 'organic' AND location = '{PLACES[place].location}'
            AND ((time_us + {shift}) // {24 * HOUR_US} + 3) % 7 IN {days} GROUP BY 1
    """)
    counts = np.zeros(24)
    for hour, count in rows:
        counts[hour] = count
    return counts / counts.sum()


def test_a_tenth_of_the_people_write_most_of_the_posts() -> None:
    # Pew (2019): the most active tenth of Twitter's users in the United States wrote 80% of the posts.
    share = preset("quiet").value("""
        WITH counted AS (
            SELECT account_id, count(post_id) AS n
            FROM accounts LEFT JOIN posts USING (account_id) GROUP BY 1)
        SELECT (SELECT sum(n) FROM (SELECT n FROM counted ORDER BY n DESC LIMIT 300)) / sum(n) FROM counted
    """)
    assert 0.6 < share < 0.9


def test_followers_are_lognormal_and_follow_activity() -> None:
    spread, median, lean = preset("quiet").row("""
        SELECT stddev(ln(followers + 1)), median(followers), corr(ln(followers + 1), ln(posts_count + 1))
        FROM accounts
    """)
    assert 1.7 < spread < 2.1
    assert 150 < median < 210
    assert 0.1 < lean < 0.6


@pytest.mark.parametrize("place", ["London", "New York", "Lyon", "Tehran"])
def test_people_sleep_where_they_live(place: str) -> None:
    workdays = tuple(day for day in range(7) if day not in PLACES[place].rest_days)
    hours = local_hours("quiet", place, workdays)
    assert hours[2:6].mean() < 0.25 * hours[18:22].mean()


def test_days_of_rest_begin_later_and_fall_on_the_places_own_weekend() -> None:
    def morning(place: str, days: tuple[int, ...]) -> float:
        return float(local_hours("quiet", place, days)[5:9].sum())

    assert morning("London", (5, 6)) < 0.7 * morning("London", (0, 1, 2, 3, 4))
    assert morning("Tehran", (4, 4)) < 0.7 * morning("Tehran", (0, 1, 2, 5, 6))


def test_reposts_follow_the_fitted_curve_after_a_surge() -> None:
    median_h, early = preset("quiet").row("""
        WITH delays AS (
            SELECT (r.time_us - s.time_us) / 1e6 AS d
            FROM posts r JOIN posts s ON r.reposted_post_id = s.post_id)
        SELECT median(d) FILTER (d > 600) / 3600, count(*) FILTER (d <= 120) / count(*) FROM delays
    """)
    assert 2.5 < median_h < 4.5
    assert 0.06 < early < 0.18


def test_people_keep_to_their_communities() -> None:
    same, expected = preset("quiet").row("""
        WITH pairs AS (
            SELECT a.community AS reader, b.community AS author FROM posts p
            JOIN truth a ON a.account_id = p.account_id JOIN truth b ON b.account_id = p.reposted_account_id)
        SELECT avg((reader = author)::INT), (
            SELECT sum(r.n / t.n * a.n / t.n) FROM (SELECT reader AS c, count(*) AS n FROM pairs GROUP BY 1) r
            JOIN (SELECT author AS c, count(*) AS n FROM pairs GROUP BY 1) a USING (c),
            (SELECT count(*) AS n FROM pairs) t)
        FROM pairs
    """)
    assert same > 4 * expected


def test_objects_are_popular_unequally() -> None:
    largest, median, mean = preset("quiet").row("""
        SELECT max(n), median(n), avg(n) FROM (
            SELECT count(*) AS n FROM posts WHERE is_repost GROUP BY reposted_post_id)
    """)
    assert largest > 15 * mean > 15 * median * 0.9


def test_an_event_is_a_burst_with_a_decay() -> None:
    before, first, later = preset("breaking-news").row("""
        SELECT count(*) FILTER (h BETWEEN -24 AND -1), count(*) FILTER (h BETWEEN 0 AND 3),
            count(*) FILTER (h BETWEEN 24 AND 27)
        FROM (SELECT (time_us - min(time_us // 86400000000 * 86400000000) OVER () - 57 * 3600000000)
            // 3600000000 AS h FROM posts)
    """)
    assert first / 4 > 3 * before / 24
    assert first > 3 * later


def test_three_languages_and_two_persian_keyboards_are_there() -> None:
    shares = dict(preset("quiet").rows("SELECT lang, count(*) / sum(count(*)) OVER () FROM posts GROUP BY 1"))
    assert shares["en"] > 0.3
    assert shares["fr"] > 0.05
    assert shares["fa"] > 0.05
    persian, other_keyboard = preset("quiet").row("""
        SELECT count(*) FILTER (text ~ '[\u0600-\u06ff]'), count(*) FILTER (text ~ '[يك]')
        FROM posts WHERE lang = 'fa'
    """)
    assert persian > 3 * other_keyboard > 300


def test_accounts_were_made_over_years_in_waves_and_ids_keep_the_order() -> None:
    years, busiest_day, winter, summer, disorder = preset("quiet").row("""
        WITH made AS (
            SELECT created_us, make_timestamp(created_us) AS t, account_id::BIGINT AS id FROM accounts)
        SELECT (max(created_us) - min(created_us)) / 86400e6 / 365,
            (SELECT max(n) FROM (SELECT count(*) AS n FROM made GROUP BY t::DATE)),
            count(*) FILTER (month(t) IN (2, 3, 4)), count(*) FILTER (month(t) IN (8, 9, 10)),
            (SELECT count(*) FROM (SELECT id < lag(id) OVER (ORDER BY created_us) AS wrong FROM made)
                WHERE wrong)
        FROM made
    """)
    assert years > 10
    assert busiest_day < 15
    assert winter > 1.2 * summer
    assert disorder == 0


def test_people_use_several_apps_and_none_of_the_groups() -> None:
    apps = dict(preset("quiet").rows("SELECT client, count(DISTINCT account_id) FROM posts GROUP BY 1"))
    assert set(apps) == {"Phone App A", "Phone App B", "Web App", "Deck"}
    assert apps["Phone App A"] > apps["Deck"] > 0


def test_every_kind_of_trace_is_there() -> None:
    counts = preset("quiet").row("""
        SELECT count(*) FILTER (is_repost), count(reply_to_post_id), count(quoted_post_id),
            count(*) FILTER (len(urls) > 0), count(*) FILTER (len(hashtags) > 1),
            count(*) FILTER (len(mentions) > 0), count(*) FILTER (len(media_hashes) > 0),
            count(*) FILTER (urls[1] LIKE '%utm_%'),
            count(DISTINCT media_hashes[1]), count(*) FILTER (NOT is_repost AND thread_id != post_id)
        FROM posts
    """)
    assert min(counts) > 500


NAIVE = """
    WITH reposts AS (
        SELECT account_id, reposted_post_id AS object, min(time_us) AS t
        FROM posts WHERE is_repost GROUP BY ALL),
    pairs AS (
        SELECT a.account_id AS one, b.account_id AS other FROM reposts a JOIN reposts b
        ON a.object = b.object AND a.account_id < b.account_id AND abs(a.t - b.t) <= 60000000
        GROUP BY ALL HAVING count(*) >= 2)
    SELECT count(*) FROM pairs JOIN truth x ON x.account_id = one JOIN truth y ON y.account_id = other
    WHERE NOT x.is_camp AND NOT y.is_camp AND x.innocent_group IS NULL AND y.innocent_group IS NULL
"""


@pytest.mark.parametrize("name", ["election", "breaking-news", "camp"])
def test_the_usual_threshold_would_name_many_people(name: str) -> None:
    # "Two shared reposts within 60 seconds", the usual rule, among people in no group at all.
    assert preset(name).value(NAIVE) > 300


def test_settings_move_what_they_name() -> None:
    def posts(**people: float) -> pa.Table:
        settings = People.model_validate({"accounts": 400, "activity_sigma": 1.0, **people})
        return generate(World(days=6, people=settings, interests=Interests(stories_per_day=0)))["posts"]

    calm, busy, silent = posts(posts_per_day=0.5), posts(posts_per_day=2.0), posts(repost_share=0.0)
    assert 3 < busy.num_rows / calm.num_rows < 5
    assert not pc.any(silent["is_repost"]).as_py()
    assert 0.3 < pc.mean(calm["is_repost"]).as_py() < 0.6
    assert not pc.any(pc.greater(pc.list_value_length(calm["urls"]), 0)).as_py()


def test_second_accounts_belong_to_one_person_and_repeat_it() -> None:
    world = World(days=10, people=People(accounts=600), innocent=Innocent(second_account_share=0.1))
    asked = type(preset("null"))(generate(world))
    people, accounts = asked.row("""
        SELECT count(DISTINCT person_id), count(*) FROM truth WHERE innocent_class = 'second_account'
    """)
    assert (people, accounts) == (60, 120)
    repeated = asked.value("""
        SELECT count(*) FROM posts a JOIN truth x ON x.account_id = a.account_id
        JOIN truth y ON y.person_id = x.person_id AND y.account_id != x.account_id
        JOIN posts b ON b.account_id = y.account_id AND b.reposted_post_id = a.reposted_post_id
            AND abs(a.time_us - b.time_us) < 3600000000
    """)
    assert repeated > 20
