"""telegram-tracker's `msgs_dataset.csv`. A forward is known as in 4CAT's CSV: by its channel and its second."""

from syncline.sources import times
from syncline.sources.cells import expression, first_links, ident, moment, number, words, yes_no
from syncline.sources.format import Column, Field, Format

_WHOLE = r"nullif(regexp_replace({0}, '\.0$', ''), '')"


def _forwarded(channel: Column, date: Column) -> str:
    second = times.time_us(date.sql, date.type)
    return f"{_WHOLE.format(channel.sql)} || '@' || CAST({second} // 1000000 AS VARCHAR)"


FORMAT = Format(
    name="telegram-tracker",
    title="telegram-tracker CSV, msgs_dataset.csv",
    source="estebanpdl/telegram-tracker 098f9f4, build-datasets.py and utils",
    kinds=("csv",),
    needs=frozenset(
        {"signature", "channel_id", "message", "date", "msg_link", "is_forward", "from_channel_id"}
    ),
    posts={
        "post_id": expression(
            rf"{_WHOLE.format('{0}')} || '-' || nullif(regexp_extract({{1}}, '/(\d+)$', 1), '')",
            "channel_id",
            "msg_link",
        ),
        # What a channel posts may have no sender.
        "account_id": ident("msg_from_id", "channel_id"),
        "time_us": moment("date"),
        "text": words("message"),
        "is_repost": yes_no("is_forward"),
        "reposted_post_id": Field(("from_channel_id", "forward_msg_date"), _forwarded),
        "reposted_account_id": ident("from_channel_id"),
        "reply_to_post_id": expression(
            f"{_WHOLE.format('{0}')} || '-' || {_WHOLE.format('{1}')}", "channel_id", "reply_to_msg_id"
        ),
        "thread_id": ident("channel_id"),
        # A link's own page stands beside the text.
        "urls": first_links("url", words="message", words_first=True),
        "reposts": number("number_forwards"),
        "replies": number("number_replies"),
    },
    accounts={
        "username": expression(
            "CASE WHEN COALESCE({0}, '') IN ('', {1}) THEN nullif({2}, '') END",
            "msg_from_id",
            "channel_id",
            "username",
        )
    },
    platform="telegram",
    blind={"media": "the file says that there is a picture, but holds neither it nor its hash"},
)
