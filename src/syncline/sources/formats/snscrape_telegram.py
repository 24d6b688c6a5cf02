"""snscrape's posts of Telegram channels, out of the public page of the channel. Channels are known by their name."""

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import expression, links, moment, words
from syncline.sources.format import Format, Probe
from syncline.sources.formats.snscrape_x import SOURCE

_CHANNEL = r"nullif(regexp_extract({0}, 't\.me/(?:s/)?([^/]+)/\d+', 1), '')"
_POST = _CHANNEL + r" || '-' || regexp_extract({0}, '/(\d+)(?:\?|$)', 1)"


def _is_telegram(look: Probe) -> bool:
    return any("t.me/" in str(each.get("url")) for each in look.sample)


FORMAT = Format(
    name="snscrape-telegram",
    title="snscrape, Telegram channels (JSON Lines)",
    source=f"{SOURCE} 018e14a, snscrape/modules/telegram.py",
    kinds=("jsonl", "json"),
    needs=frozenset({"url", "date", "content", "outlinks"}),
    without=frozenset({"user"}),
    check=_is_telegram,
    posts={
        "post_id": expression(_POST, "url"),
        "account_id": expression(_CHANNEL, "url"),
        "time_us": moment("date"),
        "text": words("content"),
        "is_repost": expression("{0} IS NOT NULL OR {1} IS NOT NULL", "forwarded", "forwardedUrl"),
        "reposted_post_id": expression(_POST, "forwardedUrl"),
        "reposted_account_id": expression(_CHANNEL, "forwardedUrl"),
        "thread_id": expression(_CHANNEL, "url"),
        "urls": links("outlinks"),
    },
    accounts={"username": expression(_CHANNEL, "url")},
    platform="telegram",
    blind={
        "reply": "the public page of a channel does not say what is answered",
        "media": NO_IMAGES,
    },
    notes={
        "forwarded": "snscrape, Telegram: this version does not say which posts are forwarded, so that these "
        "stand as posts of the channel."
    },
)
