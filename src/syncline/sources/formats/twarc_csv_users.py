"""CSV of twarc-csv: X API v2 users, accounts without posts."""

from syncline.sources.format import Format
from syncline.sources.formats.twarc_csv import FORMAT as TWEETS
from syncline.sources.formats.twarc_csv import unescaped
from syncline.sources.formats.x_api_users import ACCOUNTS

FORMAT = Format(
    name="twarc-csv-users",
    title="twarc-csv, users",
    source=TWEETS.source,
    kinds=("csv",),
    needs=frozenset({"id", "username", "name", "created_at", "public_metrics.followers_count"}),
    without=frozenset({"text", "author_id"}),
    accounts={**ACCOUNTS, "bio": unescaped("description")},
    platform="x",
)
