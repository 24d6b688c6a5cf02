"""The tables of a world: schema, identity, sameness, files."""

import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from asking import World as Asked
from asking import preset

from syncline.errors import SynclineError
from syncline.schema import ACCOUNTS, POSTS
from syncline.worlds import PRESETS, World, generate, simulate
from syncline.worlds.columns import LABELS
from syncline.worlds.truth import TRUTH, TRUTH_DIRECTIVES, TRUTH_POSTS
from syncline.worlds.vocabulary import WORDS
from syncline.worlds.world import Camp, Collection, Event, Innocent, Interests, People

SCHEMAS = {
    "posts": POSTS,
    "accounts": ACCOUNTS,
    "accounts_earlier": ACCOUNTS,
    "truth": TRUTH,
    "truth_posts": TRUTH_POSTS,
    "truth_directives": TRUTH_DIRECTIVES,
}

SMALL = World(
    name="small",
    days=6,
    people=People(accounts=300, platforms={"x": 0.7, "mastodon": 0.3}),
    interests=Interests(communities=5),
    events=(Event(day=2), Event(kind="sports_final", day=4)),
    innocent=Innocent(fandoms=1, fandom_size=20, outlets=1, outlet_size=5, pods=1, pod_size=6),
    camps=(Camp(accounts=12), Camp(accounts=9, utc_offset=3.0)),
    collection=Collection(keyword_share=0.9, repost_cap=20, polled_share=0.2, outage_hours_per_week=4.0),
)


@pytest.mark.parametrize("name", PRESETS)
def test_every_table_has_its_schema(name: str) -> None:
    tables = preset(name).tables
    assert {name: table.schema for name, table in tables.items()} == SCHEMAS
    assert all(table.num_rows for name, table in tables.items() if name != "truth_directives")


@pytest.mark.parametrize("name", PRESETS)
def test_posts_are_sound(name: str) -> None:
    faults = preset(name).row("""
        SELECT count(*) - count(DISTINCT (p.platform, p.post_id)) AS twin_ids,
            count(*) FILTER (NOT regexp_full_match(p.post_id, '[0-9]{17,19}')) AS odd_ids,
            count(*) FILTER (p.is_repost != (p.reposted_post_id IS NOT NULL)) AS half_reposts,
            count(*) FILTER (p.reposted_account_id = p.account_id) AS self_reposts,
            count(*) FILTER (a.account_id IS NULL) AS strangers,
            count(*) FILTER (t.post_id IS NULL) AS unlabelled,
            count(*) FILTER (length(p.text) = 0 OR p.lang NOT IN ('en', 'fr', 'fa')) AS mute,
            count(*) FILTER (list_unique(p.hashtags) != len(p.hashtags)) AS repeated_tags,
            count(*) FILTER (p.time_us % 1000000 != 0) AS too_fine,
            (SELECT count(*) FROM (SELECT 1 FROM posts WHERE is_repost
                GROUP BY platform, account_id, reposted_post_id HAVING count(*) > 1)) AS repeated_reposts
        FROM posts p
        LEFT JOIN accounts a USING (platform, account_id)
        LEFT JOIN truth_posts t USING (platform, post_id, account_id)
    """)
    assert set(faults) == {0}, faults


def test_reactions_follow_what_they_react_to() -> None:
    found, *faults = preset("camp").row("""
        SELECT count(*), count(*) FILTER (r.time_us < s.time_us OR r.time_us > s.time_us + 4 * 86400000000),
            count(*) FILTER (r.platform != s.platform OR s.is_repost),
            count(*) FILTER (r.is_repost AND (r.urls != s.urls OR r.hashtags != s.hashtags
                OR r.reposted_account_id != s.account_id OR NOT ends_with(r.text, ': ' || s.text)))
        FROM posts r JOIN posts s
        ON s.post_id = coalesce(r.reposted_post_id, r.reply_to_post_id, r.quoted_post_id)
    """)
    assert found > 50_000
    assert faults == [0, 0, 0]


def test_counts_agree_with_the_log_where_it_is_complete() -> None:
    wrong = preset("camp").value("""
        WITH seen AS (
            SELECT coalesce(reposted_post_id, quoted_post_id) AS post_id, count(*) AS n
            FROM posts WHERE is_repost OR quoted_post_id IS NOT NULL GROUP BY 1)
        SELECT count(*) FROM posts LEFT JOIN seen USING (post_id) WHERE reposts != coalesce(n, 0)
    """)
    assert wrong == 0


def test_texts_are_filler_words_only() -> None:
    known = {word for words in WORDS.values() for word in words}
    for name in ("camp", "election"):
        for text in preset(name).tables["posts"]["text"].slice(0, 20_000).to_pylist():
            words = re.sub(r"(^RT @\w+: )|(@\w+ )|( #\S+)|( https://\S+)", "", text)
            assert set(words.replace("ي", "ی").replace("ك", "ک").split()) <= known, text


def test_links_lead_nowhere() -> None:
    urls = preset("camp").tables["posts"]["urls"].combine_chunks().flatten().unique().to_pylist()
    assert len(urls) > 1_000
    assert all(re.fullmatch(r"https://[a-z]+-[a-z]+\d*\.example/story/\d+([?#]\S+)?", url) for url in urls)


def test_truth_covers_accounts_and_posts() -> None:
    faults = preset("election").row("""
        SELECT (SELECT count(*) FROM truth_posts ANTI JOIN posts USING (platform, post_id, account_id)),
            (SELECT count(*) FROM truth FULL JOIN accounts USING (platform, account_id)
                WHERE truth.role IS NULL OR accounts.username IS NULL),
            (SELECT count(*) - count(DISTINCT (platform, account_id)) FROM accounts),
            (SELECT count(*) FROM truth_posts JOIN truth USING (platform, account_id)
                WHERE (kind LIKE 'camp%') != is_camp),
            (SELECT count(*) FROM truth_posts JOIN truth USING (platform, account_id)
                WHERE kind IN ('fandom', 'outlet', 'scheduler', 'pod', 'tweet_storm', 'conference')
                AND innocent_class IS DISTINCT FROM kind),
            (SELECT count(*) FROM truth WHERE is_camp AND innocent_class IS NOT NULL)
    """)
    assert set(faults) == {0}, faults
    assert {kind for (kind,) in preset("election").rows("SELECT DISTINCT kind FROM truth_posts")} <= set(
        LABELS
    )


def test_a_null_world_has_no_camp_and_no_group() -> None:
    null = preset("null")
    assert null.value("SELECT count(*) FROM truth WHERE is_camp OR innocent_group IS NOT NULL") == 0
    assert null.value("SELECT count(*) - count(DISTINCT person_id) FROM truth") == 0
    assert set(null.rows("SELECT DISTINCT kind FROM truth_posts")) == {("organic",), ("breaking_news",)}


def test_same_seed_same_files_and_the_same_rows_in_memory(tmp_path: Path) -> None:
    first, second = simulate(SMALL, tmp_path / "first"), simulate(SMALL, tmp_path / "second")
    names = sorted(path.name for path in first.iterdir())
    assert names == sorted([*(f"{name}.parquet" for name in SCHEMAS), "world.toml"])
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes(), name
    again = simulate(first / "world.toml", tmp_path / "again")
    assert (again / "posts.parquet").read_bytes() == (first / "posts.parquet").read_bytes()
    for name, table in generate(SMALL).items():
        assert pq.read_table(first / f"{name}.parquet").equals(table), name


def test_another_seed_is_another_world() -> None:
    one, other = generate(SMALL, 1), generate(SMALL, 2)
    assert not one["posts"].equals(other["posts"])
    assert not one["accounts"].equals(other["accounts"])
    assert generate(SMALL, 1)["posts"].equals(generate(SMALL)["posts"])


def test_the_log_is_written_in_pieces_of_a_day(tmp_path: Path) -> None:
    folder = simulate(SMALL, tmp_path / "world")
    assert pq.ParquetFile(folder / "posts.parquet").metadata.num_row_groups == SMALL.days


def test_a_camp_leaves_the_days_of_people_alone() -> None:
    def days(world: World) -> set[tuple[str, int]]:
        return set(
            Asked(generate(world)).rows("""
                SELECT account_id, time_us FROM posts JOIN truth_posts USING (post_id, account_id)
                WHERE kind = 'organic'
                    AND coalesce(reposted_post_id, reply_to_post_id, quoted_post_id) IS NULL
            """)
        )

    complete = SMALL.model_copy(update={"collection": Collection()})
    assert days(complete) == days(complete.model_copy(update={"camps": ()}))


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "world").mkdir()
    (tmp_path / "world" / "mine.txt").write_text("mine")
    with pytest.raises(SynclineError, match="exists already"):
        simulate(SMALL, tmp_path / "world")
    assert [path.name for path in tmp_path.rglob("*")] == ["world", "mine.txt"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "world").mkdir()
    assert (simulate(SMALL, tmp_path / "world") / "posts.parquet").is_file()


def test_a_place_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SynclineError, match="could not be written"):
        simulate(SMALL, tmp_path / "file" / "world")


def test_an_interrupted_run_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("syncline.worlds.files._small_tables", interrupted)
    with pytest.raises(KeyboardInterrupt):
        simulate(SMALL, tmp_path / "world")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "world",
    [
        World(days=1, people=People(accounts=10), interests=Interests(communities=1)),
        World(days=3, people=People(accounts=50), interests=Interests(communities=60, stories_per_day=0)),
        World(days=9, people=People(accounts=30, posts_per_day=0.01)),
        World(days=8, people=People(accounts=40, repost_share=1.0, activity_sigma=0.0)),
        World(days=8, people=People(accounts=40, repost_share=0.0), camps=(Camp(accounts=3),)),
        World(days=2, people=People(accounts=40), camps=(Camp(accounts=5, days_off=tuple(range(7))),)),
        World(days=4, people=People(accounts=40), camps=(Camp(accounts=5, roles={"booster": 1.0}),)),
        World(
            days=4,
            people=People(accounts=40),
            camps=(Camp(hashtags_per_day=0, targets_per_day=0, applauded_per_day=0, links_per_day=0),),
        ),
    ],
)
def test_odd_worlds_are_lived_through(world: World) -> None:
    tables = generate(world)
    assert {name: table.schema for name, table in tables.items()} == SCHEMAS
    assert tables["accounts"].num_rows == tables["truth"].num_rows
