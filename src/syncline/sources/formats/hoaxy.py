"""Hoaxy's edges: who spread a link to whom. Of a repost the row begins with its first author, and ends with its own."""

from syncline.sources.cells import expression, ident, links, moment
from syncline.sources.format import Format

# Whether the row leads from the post that was spread to the account that spread it.
_SPREAD = "({0} IN ('retweet', 'quote') AND lower({1}) NOT IN ('true', 't', '1'))"
_KIND = ("tweet_type", "is_mention")


def _of_author(spread: str, own: str) -> str:
    return f"nullif(CASE WHEN {_SPREAD} THEN {spread} ELSE {own} END, '')"


FORMAT = Format(
    name="hoaxy",
    title="Hoaxy, edges of who spread which link (CSV)",
    source="dkoban/haoxy, files of top_stories_10Nov",
    kinds=("csv",),
    needs=frozenset(
        {
            "from_user_id",
            "to_user_id",
            "tweet_id",
            "tweet_created_at",
            "tweet_type",
            "canonical_url",
            "is_mention",
        }
    ),
    posts={
        "post_id": ident("tweet_id"),
        "account_id": expression(_of_author("{3}", "{2}"), *_KIND, "from_user_id", "to_user_id"),
        "time_us": moment("tweet_created_at"),
        "is_repost": expression("{0} = 'retweet'", "tweet_type"),
        "reposted_account_id": expression(
            f"CASE WHEN {_SPREAD} AND {{0}} = 'retweet' THEN nullif({{2}}, '') END", *_KIND, "from_user_id"
        ),
        "reply_to_account_id": expression(
            "CASE WHEN {0} = 'reply' THEN nullif({1}, '') END", "tweet_type", "to_user_id"
        ),
        "urls": links("canonical_url"),
    },
    accounts={
        "username": expression(
            _of_author("{3}", "{2}"), *_KIND, "from_user_screen_name", "to_user_screen_name"
        ),
    },
    platform="x",
    merge=True,
    blind={"repost": "the file names the account that is reposted, not the post"},
    notes={"": "Hoaxy holds the posts that carry one of its links, without their words."},
)
