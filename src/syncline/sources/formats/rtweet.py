"""CSV of rtweet (before 1.0), also flattened with `write_as_csv`, which writes an x before each id."""

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import expression, links, listing, moment, number, told, words, yes_no
from syncline.sources.format import Field, Format

_ID = r"nullif(nullif(regexp_replace({0}, '^x(\d+)$', '\1'), ''), 'NA')"


def _ident(name: str) -> Field:
    return expression(_ID, name)


FORMAT = Format(
    name="rtweet",
    title="rtweet CSV",
    source="ropensci/rtweet 0dca8a8, R/save_as_csv.R; the columns of versions before 1.0",
    kinds=("csv",),
    needs=frozenset({"status_id", "user_id", "created_at", "screen_name", "is_retweet", "retweet_status_id"}),
    posts={
        "post_id": _ident("status_id"),
        "account_id": _ident("user_id"),
        "time_us": moment("created_at"),
        "text": words("text"),
        "lang": words("lang"),
        "is_repost": yes_no("is_retweet"),
        "reposted_post_id": _ident("retweet_status_id"),
        "reposted_account_id": _ident("retweet_user_id"),
        "reply_to_post_id": _ident("reply_to_status_id"),
        "reply_to_account_id": _ident("reply_to_user_id"),
        # The repost of a quote quotes nothing itself.
        "quoted_post_id": expression(
            f"CASE WHEN {_ID.format('{0}')} IS NULL THEN {_ID.format('{1}')} END",
            "retweet_status_id",
            "quoted_status_id",
        ),
        # `url` is the homepage of the author.
        "urls": links("urls_expanded_url", "urls_url"),
        "hashtags": listing("hashtags"),
        "mentions": listing("mentions_screen_name"),
        "client": words("source"),
        "likes": number("favorite_count"),
        "reposts": number("retweet_count"),
        "replies": number("reply_count"),
    },
    accounts={
        "username": told("screen_name"),
        "display_name": told("name"),
        "bio": told("description"),
        "location": told("location"),
        "created_us": moment("account_created_at"),
        "followers": number("followers_count"),
        "following": number("friends_count"),
        "posts_count": number("statuses_count"),
        "verified": yes_no("verified"),
    },
    platform="x",
    blind={"media": NO_IMAGES},
)
