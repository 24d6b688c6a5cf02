"""How long reading takes beside DuckDB's own plain read of the same file, and in how much memory.

    python benchmarks/reading.py [--posts 1000000] [--kinds csv,jsonl,...] [--repeats 3] [--memory 1GB]

Each time is of a process of its own, taken in turn with the plain read: CPU seconds of all threads, or by the clock
where a figure says wall, the least of the repeats; the code of both is loaded before. Coding is what turns ids into
integers (accounts_coded, posts_coded); reading also hashes the file (SHA-256). "csv", "jsonl" and "parquet" are a log
of ten columns, the least that there is to read; "release" has the 31 columns of a release of information operations
(CSV), with lists that are no JSON, and "tweets" the statuses of Twitter's API v1.1 (JSON Lines). "files" are 300 CSV
files of 100 posts each, which the plain read takes as one. --memory is the engine's limit, as of a scan; what does not
fit is spilled to disk.
Exits with 1 where a requirement does not hold.
"""

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
from figure import Figure, at_most, parser, say

from syncline.engines.duckdb import DuckDBEngine
from syncline.progress import terminal_progress
from syncline.sources import read
from syncline.sources.formats import formats
from syncline.traces import code_posts

KINDS = ("csv", "jsonl", "parquet", "release", "tweets", "files")
# What of the kind "files": how many, and posts in each.
FILES, POSTS_EACH = 300, 100
# Asked of a million posts: reading and coding, as a multiple of the plain read.
MOST_TIMES = 2.5
MOST_BYTES = 2 << 30
_PLAIN = {
    "csv": "read_csv('{0}')",
    "jsonl": "read_json('{0}')",
    "parquet": "read_parquet('{0}')",
    "release": "read_csv('{0}')",
    "tweets": "read_json('{0}')",
    "files": "read_csv('{0}/*.csv')",
}
_COPY = {
    "csv": "FORMAT csv",
    "jsonl": "FORMAT json",
    "parquet": "FORMAT parquet, COMPRESSION zstd",
    "release": "FORMAT csv",
    "tweets": "FORMAT json",
}
# Asked of these, one file each.
_ASKED = ("csv", "jsonl", "parquet")
# A log as people have them: ids of 19 digits, ISO times, two posts of five reposts, links and hashtags in the text.
POSTS = """
    WITH drawn AS (
        SELECT range AS number, (hash(range) % ($posts // 20))::BIGINT AS account,
            (hash(range + $posts) % ($posts // 10))::BIGINT AS topic, hash(range) % 5 < 2 AS is_repost,
            ['river', 'harbour', 'market', 'bridge', 'winter', 'letter', 'copper', 'garden'] AS words
        FROM range($posts)
    )
    SELECT (1600000000000000000 + number * 4097)::VARCHAR AS id, (1000000000 + account)::VARCHAR AS user_id,
        'user_' || account AS screen_name,
        strftime(make_timestamp(1700000000000000 + number * 500000), '%Y-%m-%dT%H:%M:%S.000Z') AS created_at,
        concat_ws(' ', 'The', words[1 + topic % 8], 'of', words[1 + topic // 8 % 8], 'and the',
            words[1 + topic // 64 % 8], 'at', words[1 + number % 8] || ', "again"', '#' || words[1 + topic // 512 % 8],
            'https://example.com/' || topic) AS text,
        'en' AS lang, CASE WHEN is_repost THEN (1600000000000000000 + topic * 4097)::VARCHAR END AS retweeted_id,
        account % 50 AS like_count, topic % 9 AS retweet_count, 'Some App' AS source_app
    FROM drawn
"""
_HASHTAG, _URL = r"regexp_extract(text, '#(\w+)', 1)", r"regexp_extract(text, 'https?://\S+')"
# The same posts as their platform gave them out: every column is there, and most are not read.
RELEASE = f"""
    SELECT id AS tweetid, user_id AS userid, 'User ' || user_id AS user_display_name, screen_name AS user_screen_name,
        'Somewhere' AS user_reported_location,
        'The garden of ' || screen_name || ' in winter' AS user_profile_description,
        'https://example.org/' || screen_name AS user_profile_url, 70 AS follower_count, 30 AS following_count,
        '2015-03-04' AS account_creation_date, 'en' AS account_language, lang AS tweet_language, text AS tweet_text,
        replace(created_at[:16], 'T', ' ') AS tweet_time, source_app AS tweet_client_name,
        NULL::VARCHAR AS in_reply_to_userid, NULL::VARCHAR AS in_reply_to_tweetid,
        NULL::VARCHAR AS quoted_tweet_tweetid,
        retweeted_id IS NOT NULL AS is_retweet, CASE WHEN is_retweet THEN user_id END AS retweet_userid,
        retweeted_id AS retweet_tweetid, 'absent' AS latitude, 'absent' AS longitude,
        0 AS quote_count, 0 AS reply_count,
        like_count, retweet_count, '[' || {_HASHTAG} || ']' AS hashtags, '[' || {_URL} || ']' AS urls,
        '[]' AS user_mentions, NULL::VARCHAR AS poll_choices
    FROM ({POSTS})
"""
_V1_TIME = "%a %b %d %H:%M:%S +0000 %Y"
TWEETS = f"""
    SELECT strftime(created_at[:19]::TIMESTAMP, '{_V1_TIME}') AS created_at, id::BIGINT AS id, id AS id_str,
        text AS full_text, false AS truncated, {{
            'hashtags': [{{'text': {_HASHTAG}, 'indices': [1, 2]}}], 'symbols': []::INTEGER[],
            'user_mentions': []::INTEGER[],
            'urls': [{{
                'url': 'https://t.co/abc', 'expanded_url': {_URL}, 'display_url': 'example.com', 'indices': [3, 4]
            }}]
        }} AS entities, '<a href="https://example.org">' || source_app || '</a>' AS source,
        NULL::VARCHAR AS in_reply_to_status_id_str, NULL::VARCHAR AS in_reply_to_user_id_str, {{
            'id': user_id::BIGINT, 'id_str': user_id, 'name': 'User ' || user_id, 'screen_name': screen_name,
            'location': 'Somewhere', 'description': 'The garden of ' || screen_name || ' in winter',
            'url': NULL::VARCHAR, 'protected': false, 'followers_count': 70, 'friends_count': 30, 'listed_count': 1,
            'created_at': strftime(make_timestamp(1420000000000000), '{_V1_TIME}'), 'favourites_count': 12,
            'utc_offset': NULL::INTEGER, 'time_zone': NULL::VARCHAR, 'geo_enabled': false, 'verified': false,
            'statuses_count': 122, 'lang': 'en', 'contributors_enabled': false, 'is_translator': false,
            'profile_background_color': 'F5F8FA', 'default_profile': true, 'following': NULL::BOOLEAN,
            'profile_image_url_https': 'https://example.org/profile_images/' || user_id || '_normal.jpg'
        }} AS user, NULL::VARCHAR AS geo, NULL::VARCHAR AS coordinates, NULL::VARCHAR AS place,
        NULL::VARCHAR AS contributors, false AS is_quote_status, retweet_count, like_count AS favorite_count,
        false AS favorited, false AS retweeted, lang
    FROM ({POSTS})
"""
_LOGS = {"release": RELEASE, "tweets": TWEETS}


def main() -> int:
    """Write the files, measure in turn, say the figures."""
    options = parser(__doc__ or "")
    options.add_argument("--posts", type=int, default=1_000_000)
    options.add_argument("--kinds", default=",".join(KINDS), help=", ".join(KINDS))
    options.add_argument("--repeats", type=int, default=3)
    options.add_argument(
        "--memory", default="80%", help="the engine's limit [default: 80%% of what there is]"
    )
    options.add_argument("--measure", nargs=3, metavar=("WHAT", "KIND", "FILE"), help="one process's part")
    asked = options.parse_args()
    if asked.measure:
        print(json.dumps(measure(*asked.measure, memory=asked.memory)))
        return 0
    figures = []
    with tempfile.TemporaryDirectory() as folder, terminal_progress() as progress:
        for kind in asked.kinds.split(","):
            with progress.stage(f"writing {asked.posts:,} posts as {kind}"):
                file = write(Path(folder) / f"posts.{kind}", kind, asked.posts)
            with progress.stage(f"reading {file.name}"):
                figures += compare(kind, file, asked.repeats, asked.memory)
            shutil.rmtree(file) if file.is_dir() else file.unlink()
    return say(f"Reading {asked.posts:,} posts", figures, asked.json)


def write(file: Path, kind: str, posts: int) -> Path:
    """The log in one of the kinds: a file, or a folder of files."""
    if kind == "files":
        file.mkdir()
        with duckdb.connect() as connection:
            connection.execute(f"CREATE TABLE posts AS {POSTS.replace('$posts', str(FILES * POSTS_EACH))}")
            for first in range(0, FILES * POSTS_EACH, POSTS_EACH):
                part = f"FROM posts LIMIT {POSTS_EACH} OFFSET {first}"
                connection.execute(f"COPY ({part}) TO '{file}/{first:06d}.csv' ({_COPY['csv']})")
    else:
        log = _LOGS.get(kind, POSTS).replace("$posts", str(posts))
        duckdb.execute(f"COPY ({log}) TO '{file}' ({_COPY[kind]})")
    return file


def compare(kind: str, file: Path, repeats: int, memory: str) -> list[Figure]:
    """Times of a plain read and of reading, in turn, and what is made of them."""
    taken: dict[str, list[dict[str, float]]] = {"plain": [], "syncline": []}
    for _ in range(repeats):
        for what, runs in taken.items():
            command = [sys.executable, __file__, "--memory", memory, "--measure", what, kind, str(file)]
            runs.append(
                json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            )
    plain, own = ({name: min(run[name] for run in runs) for name in runs[0]} for runs in taken.values())
    peak = max(run["peak"] for run in taken["syncline"])
    about = f"{FILES} files of {POSTS_EACH} posts" if kind == "files" else kind
    return [
        Figure(
            about, "bytes", sum(each.stat().st_size for each in [file, *file.glob("*")] if each.is_file())
        ),
        Figure(about, "DuckDB's plain read, s", plain["read"]),
        Figure(about, "reading with SHA-256, s", own["read"]),
        Figure(about, "coding, s", own["code"]),
        Figure(about, "reading / plain read", own["read"] / plain["read"]),
        _times(about, (own["read"] + own["code"]) / plain["read"]),
        Figure(about, "the same, wall", own["wall"] / plain["wall"]),
        Figure(
            about, "peak memory of the plain read, bytes", int(max(run["peak"] for run in taken["plain"]))
        ),
        at_most(about, "peak memory of reading, bytes", int(peak), MOST_BYTES),
    ]


def _times(about: str, times: float) -> Figure:
    what = "reading and coding / plain read"
    return at_most(about, what, times, MOST_TIMES) if about in _ASKED else Figure(about, what, times)


def measure(what: str, kind: str, file: str, memory: str) -> dict[str, float]:
    """CPU seconds of reading and, with "syncline", of coding; wall seconds of all; peak memory in bytes; posts."""
    spill = str(Path(file).with_suffix(".spill"))
    formats()  # loads their modules, which are loaded when first asked for
    config = {"memory_limit": memory, "temp_directory": spill, "checkpoint_threshold": "1TB"}
    with duckdb.connect(config=config) as connection:
        started, clock = time.process_time(), time.perf_counter()
        if what == "plain":
            connection.execute(f"CREATE TABLE posts AS FROM {_PLAIN[kind].format(file)}").fetchall()
        else:
            read(connection, [file])
        done = time.process_time()
        if what == "syncline":
            code_posts(DuckDBEngine(connection))
        coded, wall = time.process_time() - done, time.perf_counter() - clock
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        (posts,) = connection.execute("SELECT count(*) FROM posts").fetchall()[0]
        return {"read": done - started, "code": coded, "wall": wall, "peak": peak, "posts": posts}


if __name__ == "__main__":
    sys.exit(main())
