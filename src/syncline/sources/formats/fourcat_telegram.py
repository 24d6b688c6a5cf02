"""4CAT CSV of Telegram. A forward is known by the channel it comes from and the second of the original."""

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import expression, first_links, ident, listing, person, words
from syncline.sources.format import Format
from syncline.sources.formats.fourcat import COLUMNS, NOBODY, REPOSITORY, TIME

FORMAT = Format(
    name="4cat-telegram",
    title="4CAT CSV of Telegram",
    source=f"{REPOSITORY}, datasources/telegram/search_telegram.py",
    kinds=("csv",),
    needs=COLUMNS | {"chat", "author_username", "author_forwarded_from_id", "reply_to"},
    posts={
        "post_id": ident("id"),
        # A post of a channel itself may have no sender.
        "account_id": person("author", "chat", nobody=NOBODY),
        "time_us": TIME,
        "text": words("body"),
        "is_repost": expression(
            "{0} <> '' OR {1} <> ''", "author_forwarded_from_id", "unix_timestamp_forwarded_from"
        ),
        "reposted_post_id": expression(
            "nullif({0}, '') || '@' || nullif({1}, '')",
            "author_forwarded_from_id",
            "unix_timestamp_forwarded_from",
        ),
        "reposted_account_id": ident("author_forwarded_from_id"),
        "reply_to_post_id": expression("{0} || '-' || nullif({1}, '')", "thread_id", "reply_to"),
        "thread_id": ident("thread_id"),
        "urls": first_links("link_attached", words="body", words_first=True),
        "mentions": listing("entities_mentioned"),
    },
    accounts={"username": words("author_username"), "display_name": words("author_name")},
    platform="telegram",
    blind={"media": NO_IMAGES},
    notes={
        "": "Telegram: a forwarded message is told by its channel and the second in which it was posted there, "
        "because the file does not hold its id."
    },
)
