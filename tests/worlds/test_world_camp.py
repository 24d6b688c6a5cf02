"""The camp does what its settings say: office, orders, roles, batches, faces, and how it hides."""

import pytest
from asking import World as Asked
from asking import preset

from syncline.worlds import World, generate
from syncline.worlds.world import Camp, People

# Posts of the camp with their hour of the staff's day; the camp presets work at UTC+1.
WORK = """
    SELECT t.kind, t.directive_id, t.deleted, t.account_id, p.*,
        ((p.time_us + 3600000000) % 86400000000) / 3600e6 AS hour,
        ((p.time_us + 3600000000) // 86400000000 + 3) % 7 AS weekday
    FROM truth_posts t JOIN posts p USING (platform, post_id) WHERE t.kind LIKE 'camp%'
"""


def small(**settings: object) -> Asked:
    camp = Camp.model_validate({"accounts": 40, **settings})
    return Asked(generate(World(days=5, people=People(accounts=300, posts_per_day=4.0), camps=(camp,))))


def test_the_camp_has_its_accounts_roles_and_operators() -> None:
    roles = dict(preset("camp").rows("SELECT role, count(*) FROM truth WHERE is_camp GROUP BY 1"))
    assert roles == {"author": 25, "booster": 45, "replier": 30}
    assert preset("camp").value("SELECT count(DISTINCT person_id) FROM truth WHERE is_camp") == 25
    shared = "SELECT count(*) FROM truth a JOIN truth b USING (person_id) WHERE a.is_camp AND NOT b.is_camp"
    assert preset("camp").value(shared) == 0


def test_the_camp_keeps_office_hours_with_a_lunch_dip_and_days_off() -> None:
    outside, weekend, dip = preset("camp").row(f"""
        SELECT count(*) FILTER (hour < 8 OR hour > 20.25) / count(*), count(*) FILTER (weekday IN (5, 6)),
            2 * count(*) FILTER (hour >= 12.5 AND hour < 13.5)
                / (count(*) FILTER (hour >= 11 AND hour < 12) + count(*) FILTER (hour >= 14 AND hour < 15))
        FROM ({WORK})
    """)
    assert outside < 0.01
    assert weekend == 0
    assert dip < 0.6


def test_one_operator_works_one_shift() -> None:
    late = preset("camp").value(f"""
        WITH spans AS (
            SELECT person_id, quantile_cont(hour, 0.99) - quantile_cont(hour, 0.01) AS span FROM ({WORK})
            JOIN truth USING (account_id) GROUP BY 1)
        SELECT max(span) FROM spans
    """)
    assert late < 8.6


def test_profiles_claim_another_place() -> None:
    places = dict(
        preset("camp").rows("""
            SELECT location, count(*) FROM accounts JOIN truth USING (account_id) WHERE is_camp GROUP BY 1
        """)
    )
    assert set(places) == {"تهران", "London"}
    assert places["تهران"] > 65


def test_accounts_were_made_in_batches() -> None:
    def largest(where: str) -> float:
        return float(
            preset("camp").value(f"""
                WITH made AS (
                    SELECT created_us // 86400000000 AS day FROM accounts JOIN truth USING (account_id)
                    WHERE {where}),
                days AS (SELECT count(*) AS n FROM made GROUP BY day)
                SELECT (SELECT sum(n) FROM (SELECT n FROM days ORDER BY n DESC LIMIT 3)) / sum(n) FROM days
            """)
        )

    assert 0.75 < largest("is_camp") < 0.95
    assert largest("NOT is_camp") < 0.02


def test_camp_profiles_share_templates_patterns_and_faces() -> None:
    rows = {
        camp: (template, pattern, faces / accounts)
        for camp, template, pattern, faces, accounts in preset("camp").rows("""
            SELECT is_camp, avg((bio LIKE '% first. %every day%')::INT),
                avg((username ~ '^[A-Za-z]{7}[0-9]{8}$')::INT), count(DISTINCT avatar_path), count(*)
            FROM accounts JOIN truth USING (account_id) GROUP BY 1
        """)
    }
    assert rows[True][0] > 0.5 > 0.0 == rows[False][0]
    assert rows[True][1] > 0.3 > 0.2 > rows[False][1]
    assert rows[True][2] < 0.9 < rows[False][2]


def test_some_handles_were_others_before() -> None:
    changed = preset("camp").rows("""
        SELECT avg((a.username != b.username)::INT) FROM accounts a JOIN accounts_earlier b USING (account_id)
        JOIN truth USING (account_id) GROUP BY is_camp ORDER BY is_camp
    """)
    assert 0.01 < changed[0][0] < 0.03 < changed[1][0] < 0.2


def test_directives_are_for_every_working_day_and_for_members_only() -> None:
    rows = preset("camp").row("""
        SELECT count(*), count(DISTINCT day), count(DISTINCT directive_id),
            count(*) FILTER (day % 7 IN (5, 6)), min(len(ordered_accounts)),
            (SELECT count(*) FROM (SELECT unnest(ordered_accounts) AS account_id FROM truth_directives)
                ANTI JOIN (SELECT account_id FROM truth WHERE is_camp) USING (account_id))
        FROM truth_directives
    """)
    assert rows[:4] == (80, 10, 80, 0)
    assert rows[4] > 60
    assert rows[5] == 0


def test_only_the_ordered_obey_after_the_order_and_on_its_object() -> None:
    faults = preset("camp").row(f"""
        SELECT count(*) FILTER (NOT list_contains(d.ordered_accounts, w.account_id)),
            count(*) FILTER (w.time_us // 86400000000 != epoch_us(DATE '2024-03-04') // 86400000000 + d.day),
            count(*) FILTER (d.kind = 'hashtag' AND NOT list_contains(w.hashtags, d.object)),
            count(*) FILTER (d.kind = 'link' AND NOT list_contains(w.urls, d.object)),
            count(*) FILTER (d.kind = 'applaud' AND w.reposted_account_id IS DISTINCT FROM d.object),
            count(*) FILTER (d.kind = 'target' AND NOT list_contains(w.mentions, d.object)),
            count(*) FILTER (w.kind = 'camp_author' AND d.kind NOT IN ('hashtag', 'link')),
            count(*) FILTER (w.time_us < d.start_us - 3600000000)
        FROM ({WORK}) w JOIN truth_directives d USING (directive_id)
    """)
    assert set(faults) == {0}, faults
    used = "SELECT count(*) FROM truth_directives SEMI JOIN truth_posts USING (directive_id)"
    assert preset("camp").value(used) > 70


def test_orders_and_camouflage_have_their_share() -> None:
    for name, low, high in (("camp", 0.25, 0.4), ("hard", 0.6, 0.8)):
        share = preset(name).value(f"SELECT avg((kind = 'camp_camouflage')::INT) FROM ({WORK})")
        assert low < share < high
    assert preset("camp").value(f"SELECT count(*) FROM ({WORK}) WHERE directive_id IS NULL") == (
        preset("camp").value(f"SELECT count(*) FROM ({WORK}) WHERE kind = 'camp_camouflage'")
    )


def test_accounts_meet_their_quota() -> None:
    daily = preset("camp").value(f"SELECT count(*) / count(DISTINCT (account_id, weekday)) / 2 FROM ({WORK})")
    assert 10 < daily < 15


def test_boosters_are_software() -> None:
    apps = preset("camp").rows(f"SELECT DISTINCT client FROM ({WORK}) WHERE kind = 'camp_booster'")
    assert apps == [("Flow Automation",)]


def lag_s(asked: Asked) -> float:
    """Median lag between two boosters of one author's post, seconds."""
    return float(
        asked.value("""
            WITH boosts AS (SELECT reposted_post_id AS o, time_us AS t FROM posts JOIN truth_posts
                USING (post_id) WHERE kind = 'camp_booster' AND is_repost)
            SELECT median(abs(a.t - b.t)) / 1e6 FROM boosts a JOIN boosts b ON a.o = b.o AND a.t < b.t
        """)
    )


def test_jitter_spreads_the_answers() -> None:
    tight, loose = lag_s(small(jitter_s=10.0)), lag_s(small(jitter_s=1800.0))
    assert tight < 60
    assert loose > 600


def test_jitter_spreads_the_personas_of_one_person_too() -> None:
    """Authors of one person who post one wave's text are as far apart as jitter says, not as one hand is quick."""
    world = small(jitter_s=1800.0, rewording=0.0, roles={"author": 1.0}, claimed_places={"London": 1.0})
    lag = world.value("""
        WITH texts AS (
            SELECT regexp_replace(text, '( #\\S+)|( https://\\S+)', '', 'g') AS words, directive_id, person_id, time_us
            FROM posts JOIN truth_posts USING (post_id, account_id) JOIN truth USING (account_id)
            WHERE kind = 'camp_author')
        SELECT median(abs(a.time_us - b.time_us)) / 1e6 FROM texts a JOIN texts b
            ON a.words = b.words AND a.directive_id = b.directive_id AND a.person_id = b.person_id
                AND a.time_us < b.time_us
    """)
    assert 800 < lag < 1600


def test_dropout_keeps_accounts_away_without_raising_the_quota() -> None:
    def answering(dropout: float) -> float:
        return float(
            small(dropout=dropout, wave_share=1.0, jitter_s=5.0).value("""
                SELECT avg(n) FROM (SELECT reposted_post_id, count(*) AS n FROM posts JOIN truth_posts
                    USING (post_id) WHERE kind = 'camp_booster' GROUP BY 1)
            """)
        )

    assert answering(0.6) < 0.6 * answering(0.0)


@pytest.mark.parametrize(("rewording", "low", "high"), [(0.0, 0.999, 1.0), (0.5, 0.4, 0.6)])
def test_rewording_replaces_its_share_of_the_words(rewording: float, low: float, high: float) -> None:
    # Waves write one text on one hashtag or link within seconds here; neighbours in time share it.
    together = {"jitter_s": 1.0, "wave_share": 1.0, "roles": {"author": 1.0}}
    same = small(rewording=rewording, claimed_places={"London": 1.0}, **together).value("""
        WITH texts AS (
            SELECT list_filter(string_split(regexp_replace(text, '( #\\S+)|( https://\\S+)', '', 'g'), ' '),
                lambda w: w != '') AS words, directive_id AS d, time_us AS t, post_id
            FROM posts JOIN truth_posts USING (post_id) WHERE kind = 'camp_author'),
        pairs AS (
            SELECT a.words AS one, b.words AS other FROM texts a JOIN texts b
            ON a.d = b.d AND a.post_id < b.post_id AND abs(a.t - b.t) <= 1000000
                AND len(a.words) = len(b.words))
        SELECT sqrt(avg(len(list_filter(list_zip(one, other), lambda z: z[1] = z[2])) / len(one))) FROM pairs
    """)
    # Two reworded texts agree on a word where neither changed it, or by chance.
    assert low <= same <= high


def test_people_outside_take_up_a_little_of_it() -> None:
    outsiders, inside = preset("camp").row("""
        SELECT count(*) FILTER (kind = 'bystander'), count(*) FILTER (kind = 'camp_author') FROM truth_posts
    """)
    assert 0.03 * inside < outsiders < 0.2 * inside


def test_personas_on_two_platforms_belong_to_one_operator() -> None:
    accounts, platforms = preset("election").row("""
        SELECT count(*), count(DISTINCT platform) FROM truth WHERE is_camp
    """)
    assert (accounts, platforms) == (60, 2)
    crossed = preset("election").value("""
        SELECT count(*) FROM accounts a JOIN accounts b ON a.username = b.username AND a.platform < b.platform
        JOIN truth x ON x.account_id = a.account_id JOIN truth y ON y.account_id = b.account_id
        WHERE x.is_camp AND y.is_camp AND x.person_id = y.person_id
    """)
    assert crossed > 0


def test_some_posts_are_taken_down_again() -> None:
    share = preset("camp").value(f"SELECT avg(deleted::INT) FROM ({WORK}) WHERE kind != 'camp_camouflage'")
    assert 0.01 < share < 0.03
    organic = preset("camp").value("SELECT avg(deleted::INT) FROM truth_posts WHERE kind = 'organic'")
    assert 0 < organic < share


def test_deletions_show_between_two_looks_at_an_account() -> None:
    wrong = preset("camp").value("""
        WITH left_standing AS (
            SELECT account_id, count(*) FILTER (NOT deleted) AS n FROM truth_posts GROUP BY 1)
        SELECT count(*) FROM accounts a JOIN accounts_earlier b USING (account_id)
        LEFT JOIN left_standing USING (account_id) WHERE a.posts_count - b.posts_count != coalesce(n, 0)
    """)
    assert wrong == 0
