"""CSV of YouTube Data Tools: comments on one video."""

from syncline.sources.cells import ident, moment, number, words
from syncline.sources.format import Format

FORMAT = Format(
    name="youtube-data-tools",
    title="YouTube Data Tools CSV, comments",
    source="digitalmethodsinitiative/4cat 227bead, datasources/custom/import_formats.py",
    kinds=("csv",),
    needs=frozenset({"id", "isReplyTo", "authorName", "text", "publishedAt"}),
    posts={
        "post_id": ident("id"),
        "account_id": ident("authorChannelId", "authorName"),
        "time_us": moment("publishedAt"),
        "text": words("text"),
        "reply_to_post_id": ident("isReplyTo"),
        "likes": number("likeCount"),
        "replies": number("replyCount"),
    },
    accounts={"display_name": words("authorName")},
    platform="youtube",
    blind={"repost": "a comment cannot be a repost", "media": "the file holds no images"},
    notes={
        "authorChannelId": "YouTube Data Tools: the file has no ids of accounts, so that people of one display name "
        "count as one account."
    },
)
