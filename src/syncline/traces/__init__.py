"""Traces: who acted on what, and when. One small SQL file a behaviour.

`build_traces` reads the table `posts` and makes `accounts_coded`, `posts_coded`, `objects` and `traces_coded`,
in which accounts, posts and objects are integers; strings come back only in the case. `posts_coded` is a view over
`posts`, which gets two columns for it. `habits` are the traces that tell nothing, and `telling_traces`, a view, the
others.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from syncline.engines.duckdb import DuckDBEngine, execute
from syncline.engines.engine import Engine
from syncline.schema import BEHAVIOURS
from syncline.traces.addresses import canonical_url
from syncline.traces.first_actions import keep_first_actions
from syncline.traces.near_duplicates import CLUSTERING, leaders, room
from syncline.traces.normalise import LETTERS, fold_hashtag, normalise_text

__all__ = [
    "HABITS",
    "NORMALISER",
    "Customs",
    "build_traces",
    "canonical_url",
    "code_posts",
    "customs",
    "leave_habits_out",
    "write_traces",
]

#: What decides which texts count as one, by names and versions.
NORMALISER = f"{LETTERS}, {CLUSTERING}"

#: What a habit is. Recorded in every case beside the constants of the evidence.
HABITS: dict[str, int | float] = {
    # Days, share of the account's days, and of its time in the log from the first of them to the last: a hashtag that
    # is pushed for some days is none.
    "habit_days": 4,
    "habit_share": 0.125,
    "habit_span": 2 / 3,
    # Accounts that have it, from which on they are many.
    "habit_accounts": 20,
    # Of them, who come within ten minutes of each other: more were called, or are machines.
    "habit_together": 0.5,
    # Of fewer, this many at least, so many more that meet than on different days: standard deviations, and meetings.
    "habit_least": 3,
    "habit_deviations": 2,
    "habit_meetings": 3,
}
# What is told of customs: so many, and so many characters of each.
_CUSTOMS_TOLD, _CUSTOM_SHOWN = 1_000, 80
# Pairs that met, below which nothing is said on how close a custom's accounts come to each other.
_CUSTOM_MET = 20
# Values that are translated at a time, and bytes of text, where texts are long.
_BATCH, _BATCH_BYTES = 200_000, 64 << 20
_POSTS_AT_ONCE = 4_000_000


def build_traces(engine: DuckDBEngine, behaviours: Sequence[str] = BEHAVIOURS) -> None:
    """Make the coded tables from `posts`, with a trace for each account, behaviour and object."""
    names = ", ".join(f"({number}, '{name}')" for number, name in enumerate(BEHAVIOURS))
    engine.make("behaviour_names", f"SELECT * FROM (VALUES {names}) AS names(behaviour, name)")
    code_posts(engine)
    at_once = _values_at_once(engine)
    for table, (needed_by, query, function) in _TRANSLATIONS.items():
        if needed_by & set(behaviours):
            _translate(engine, query, function, table, at_once)
    if "text" in behaviours:
        _cluster_texts(engine, at_once)
    engine.drop("actions")
    for behaviour in behaviours:
        engine.run(f"traces/{behaviour}.sql")
    engine.run("traces/objects.sql")
    engine.run("traces/actions_coded.sql")
    engine.drop("actions", "urls_canonical", "hashtags_folded", "texts_normalised")
    engine.drop("texts", "text_leaders", "text_versions")
    _make_traces(engine)
    engine.drop("actions_coded")
    _find_habits(engine)
    engine.view("traces/telling_traces.sql")


def _find_habits(engine: DuckDBEngine) -> None:
    """Make `habits` (account, object), and `habit_meetings` of the accounts that have them."""
    for step in ("habitual", "habit_meetings", "customs_of_many", "customs_of_few"):
        engine.run(f"traces/{step}.sql", **HABITS)
    engine.run("traces/habits.sql")
    engine.drop("habitual", "customs_of_many", "customs_of_few")


def leave_habits_out(engine: Engine) -> None:
    """Let `traces` (behaviour, object, account, time_us, post) be those of the log that are nobody's habit."""
    # A log without customs needs no join.
    habits = engine.row("SELECT count(*) FROM habits")[0]
    engine.make("traces", f"SELECT * FROM {'telling_traces' if habits else 'traces_coded'}")


class Customs(NamedTuple):
    """What was left out: `told` are behaviour, what, accounts, days and closer, of a thousand of `in_all` at most.

    `closer` is how many times as many pairs of its accounts met within ten minutes on one day than by the clock on
    different days; None where too few met to tell.
    """

    told: list[dict[str, Any]]
    in_all: int


def customs(engine: DuckDBEngine) -> Customs:
    """What accounts do day after day, each at its own time; that of most accounts first."""
    engine.run("traces/customs.sql", characters=_CUSTOM_SHOWN, most=_CUSTOMS_TOLD, met_least=_CUSTOM_MET)
    (in_all,) = engine.row("SELECT coalesce(max(in_all), 0) FROM customs")
    told: list[dict[str, Any]] = engine.fetch("SELECT * EXCLUDE (in_all) FROM customs").to_pylist()
    engine.drop("customs", "habit_meetings")
    return Customs(told, int(in_all))


def _make_traces(engine: DuckDBEngine) -> None:
    """Make `traces_coded`, by the quicker of two ways that has room."""
    # The arrays have a place for each post as well, and few actions may be spread over many posts.
    (rows,) = engine.row("SELECT greatest(count(*), coalesce(max(post), 0)) FROM actions_coded")
    engine.share(rows)
    if not engine.kernels:
        engine.run("traces/traces_coded.sql")
        return
    with engine.beside(engine.arrays):
        keep_first_actions(engine)


def code_posts(engine: DuckDBEngine) -> None:
    """Make `accounts_coded` and the view `posts_coded`, whose numbers become columns of `posts`."""
    engine.run("traces/accounts_coded.sql")
    engine.run("traces/posts_sorted.sql")
    for column in _NUMBERS:
        engine.connection.execute(f"ALTER TABLE posts ADD COLUMN IF NOT EXISTS {column} INTEGER")
    _number_posts(engine, "account")
    if engine.row("SELECT count(*) FROM posts_sorted")[0]:
        _number_posts(engine, "post")
    engine.drop("posts_sorted")
    engine.view("traces/posts_coded.sql")


# The numbers of a post. The engine joins a subquery sooner than a second table.
_NUMBERS = {
    "account": (
        "SELECT a.account FROM accounts_coded AS a"
        " WHERE a.platform = posts.platform AND a.account_id = posts.account_id"
    ),
    "post": (
        "SELECT s.post FROM posts_sorted AS s"
        " WHERE s.place = posts.rowid AND s.place >= {first} AND s.place < {last}"
    ),
}


def _number_posts(engine: DuckDBEngine, column: str) -> None:
    """Fill the column, a part at a time, as the engine keeps what a change replaced until it is done."""
    (places,) = engine.row("SELECT coalesce(max(rowid) + 1, 0) FROM posts")
    for first in range(0, places, _POSTS_AT_ONCE):
        last = first + _POSTS_AT_ONCE
        number = _NUMBERS[column].format(first=first, last=last)
        execute(
            engine.connection,
            f"UPDATE posts SET {column} = ({number}) WHERE rowid >= {first} AND rowid < {last}",
        )
    # Changes lie beside the table, and cannot be spilled, until the column is written anew.
    execute(engine.connection, f"ALTER TABLE posts ALTER {column} TYPE INTEGER")


def write_traces(engine: DuckDBEngine) -> None:
    """Make `traces` as in `syncline.schema`, strings restored: a view, since only the case reads it, and once.

    It lasts as long as `behaviour_names` and what `build_traces` made.
    """
    engine.view("traces/traces_in_words.sql")


def _cluster_texts(engine: DuckDBEngine, at_once: int) -> None:
    """Make `text_versions` (text, key) of the texts that are versions of a more frequent one."""
    engine.run("traces/texts.sql")
    count, letters = engine.row("SELECT count(*), coalesce(sum(strlen(text)), 0) FROM texts")
    with engine.beside(room(int(count), int(letters))):
        batches = engine.stream("SELECT text FROM texts ORDER BY number", at_once)
        leader = leaders([text for batch in batches for text in batch.column(0).to_pylist()])
    follows = np.flatnonzero(leader != np.arange(leader.size))
    engine.put("text_leaders", pa.table({"number": follows, "leader": leader[follows]}))
    engine.run("traces/text_versions.sql")


# What SQL cannot do: tables made by a function, each with the behaviours that read it.
_TRANSLATIONS: dict[str, tuple[set[str], str, Callable[[str], str]]] = {
    "urls_canonical(url VARCHAR, canonical VARCHAR)": (
        {"url"},
        "SELECT DISTINCT unnest(urls) AS value FROM posts_coded",
        canonical_url,
    ),
    "hashtags_folded(hashtag VARCHAR, folded VARCHAR)": (
        {"hashtag", "hashtag_sequence"},
        "SELECT DISTINCT unnest(hashtags) AS value FROM posts_coded WHERE NOT is_repost",
        fold_hashtag,
    ),
    "texts_normalised(post INTEGER, text VARCHAR)": (
        {"repost", "text"},
        "SELECT post, text AS value FROM posts_coded WHERE reposted_post_id IS NULL AND text <> ''",
        normalise_text,
    ),
}


def _values_at_once(engine: DuckDBEngine) -> int:
    (size,) = engine.row("SELECT coalesce(avg(strlen(text)), 0) FROM posts")
    return max(1, min(_BATCH, int(_BATCH_BYTES / max(1, size))))


def _translate(
    engine: DuckDBEngine, query: str, function: Callable[[str], str], table: str, at_once: int
) -> None:
    """Make `table` from `query` (its last column is `value`) with `function` applied to each value.

    Values stream through `at_once`, so that the table may be larger than memory; of those, equal ones are looked at
    once. Empty results are left out.
    """
    name = table.split("(")[0]
    engine.connection.execute(f"CREATE OR REPLACE TABLE {table}")
    columns = engine.connection.table(name).columns
    for batch in engine.stream(query, at_once):
        values = batch.column("value").dictionary_encode()
        results = pa.array(map(function, values.dictionary.to_pylist()), pa.string())
        rows = pa.table([batch.column(0), results.take(values.indices)], names=columns)
        engine.connection.register("incoming", rows)
        engine.connection.execute(
            f"INSERT INTO {name} SELECT * FROM incoming WHERE {columns[1]} <> ''"
        ).fetchall()
        engine.connection.unregister("incoming")
