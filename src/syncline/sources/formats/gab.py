"""Gab's posts of 2016 to 2019, one a line, as its interface of that time and Pushshift's archive give them.

Who acted stands beside the post: whoever wrote it or, later, whoever reposted it.
"""

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import expression, first_links, ident, moment, number, words, yes_no
from syncline.sources.format import Format

_IF_REPOSTED = "CASE WHEN {0} = 'repost' THEN CAST({1} AS VARCHAR) END"

FORMAT = Format(
    name="gab",
    title="Gab posts of 2016 to 2019 (JSON Lines, JSON)",
    source="datakind/SPLC-SearchEngine 777a218, gab_twitter/utils.py, and its sample of the interface's answers",
    kinds=("jsonl", "json"),
    needs=frozenset({"id", "published_at", "type", "actuser.id", "post.id", "post.body"}),
    posts={
        "post_id": ident("id"),
        "account_id": ident("actuser.id"),
        # The post's own time is that of what was reposted.
        "time_us": moment("published_at"),
        "text": words("post.body"),
        "lang": words("post.language"),
        "is_repost": expression("{0} = 'repost'", "type"),
        "reposted_post_id": expression(_IF_REPOSTED, "type", "post.id"),
        "reposted_account_id": expression(_IF_REPOSTED, "type", "post.user.id"),
        "urls": first_links("post.attachment.value.url", words="post.body", words_first=True),
        "likes": number("post.like_count"),
        "reposts": number("post.repost_count"),
        "replies": number("post.reply_count"),
    },
    accounts={
        "username": words("actuser.username"),
        "display_name": words("actuser.name"),
        "verified": yes_no("actuser.verified"),
    },
    platform="gab",
    blind={"reply": "the file does not say which post is answered", "media": NO_IMAGES},
)
