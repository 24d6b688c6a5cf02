"""4CAT CSV of X, collected through the API. No id of a reposted post: its author and text stand for it."""

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import ident, links, listing, number, person, words, yes_no
from syncline.sources.format import Format
from syncline.sources.formats.fourcat import COLUMNS, NOBODY, REPOSITORY, TIME

POSTS = {
    "post_id": ident("id"),
    "account_id": person("author_id", "author", nobody=NOBODY),
    "time_us": TIME,
    "text": words("body"),
    "lang": words("language_guess"),
    "is_repost": yes_no("is_retweet"),
    "reposted_account_id": ident("retweeted_user"),
    "reply_to_account_id": ident("replied_author", "replied_user"),
    "thread_id": ident("thread_id"),
    "urls": links("urls"),
    "hashtags": listing("hashtags"),
    "mentions": listing("mentions"),
    "client": words("source"),
    "likes": number("like_count"),
    "reposts": number("retweet_count"),
    "replies": number("reply_count"),
}
BLIND = {
    "reply": "the file names the account that is answered, not the post",
    "media": NO_IMAGES,
}
NEEDS = COLUMNS | {"author_fullname", "is_retweet", "retweeted_user", "is_quote_tweet"}

FORMAT = Format(
    name="4cat-x-api",
    title="4CAT CSV of X, by API v2",
    source=f"{REPOSITORY}, datasources/twitterv2/search_twitter.py",
    kinds=("csv",),
    needs=NEEDS | {"quoted_user", "replied_user"},
    without=frozenset({"is_withheld"}),
    posts=POSTS,
    accounts={
        "username": words("author"),
        "display_name": words("author_fullname"),
        "followers": number("author_followers"),
    },
    platform="x",
    blind=BLIND,
)
