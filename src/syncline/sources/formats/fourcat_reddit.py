"""4CAT CSV of Reddit. Accounts are known by their name; deleted authors are no account."""

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import GONE, constant, expression, first_links, ident, number
from syncline.sources.format import Format
from syncline.sources.formats.fourcat import AUTHOR, COLUMNS, TIME

_OPENS = "{0} = {1}"

FORMAT = Format(
    name="4cat-reddit",
    title="4CAT CSV of Reddit",
    source="digitalmethodsinitiative/4cat 01bd7c2, datasources/reddit/search_reddit.py",
    kinds=("csv",),
    needs=COLUMNS | {"subject", "subreddit", "parent", "score", "domain", "url"},
    posts={
        # Submissions and comments are numbered apart: t3 and t1 tell them.
        "post_id": expression(f"CASE WHEN {_OPENS} THEN 't3_' ELSE 't1_' END || {{0}}", "id", "thread_id"),
        "account_id": AUTHOR,
        "time_us": TIME,
        "text": expression(
            "nullif(concat_ws(chr(10), nullif({0}, ''),"
            f" CASE WHEN {{1}} NOT IN {('', *GONE)} THEN {{1}} END), '')",
            "subject",
            "body",
        ),
        "reply_to_post_id": ident("parent"),
        "thread_id": expression("'t3_' || {0}", "thread_id"),
        "urls": first_links("url", words="body"),
        "hashtags": constant("[]"),
        "likes": number("score"),
    },
    accounts={"username": AUTHOR},
    platform="reddit",
    blind={
        "repost": "the file does not say what was crossposted",
        "hashtag": "Reddit has no hashtags",
        "hashtag_sequence": "Reddit has no hashtags",
        "media": NO_IMAGES,
    },
)
