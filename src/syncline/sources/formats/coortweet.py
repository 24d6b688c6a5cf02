"""CooRTweet's four columns, also with a text beside them."""

from syncline.sources.cells import ident, moment, words
from syncline.sources.format import Format

FORMAT = Format(
    name="coortweet",
    title="CooRTweet: object_id, account_id, content_id, timestamp_share",
    source="nicolarighetti/CooRTweet R/prep_data.R",
    kinds=("csv", "parquet", "jsonl"),
    needs=frozenset({"object_id", "account_id", "timestamp_share"}),
    posts={
        "post_id": ident("content_id", "post_id"),
        "account_id": ident("account_id"),
        "time_us": moment("timestamp_share"),
        "text": words("text"),
        # R writes NA where nothing was shared: such a post is no repost.
        "reposted_post_id": ident("object_id"),
    },
    merge=True,
)
