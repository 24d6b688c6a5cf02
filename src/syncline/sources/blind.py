"""What each behaviour is seen in; which ones a file cannot show, and why: silence about them is no finding."""

from collections.abc import Iterable

from syncline.sources.format import Format

#: Of a format that has the addresses of images alone.
NO_IMAGES = "the file links to images but holds neither them nor their hashes"

# Each of schema.BEHAVIOURS, in its order, can be seen if one of these columns of `posts` is there.
_SEEN_IN = {
    "repost": ("reposted_post_id", "reposted_account_id", "is_repost", "text"),
    "url": ("urls", "text"),
    "hashtag": ("hashtags", "text"),
    "hashtag_sequence": ("hashtags", "text"),
    "text": ("text",),
    "reply": ("reply_to_post_id",),
    "mention": ("mentions", "text"),
    "media": ("media_hashes",),
}
_WORDS = {
    "repost": "no column says what was reposted",
    "url": "no column holds links or text",
    "hashtag": "no column holds hashtags or text",
    "hashtag_sequence": "no column holds hashtags or text",
    "text": "no column holds the text",
    "reply": "no column says which post is answered",
    "mention": "no column holds mentions or text",
    "media": "no column holds image hashes",
}


def seen_in(behaviours: Iterable[str]) -> set[str]:
    """The columns of `posts` in which any of `behaviours` is seen."""
    return {column for behaviour in behaviours for column in _SEEN_IN[behaviour]}


def blind_behaviours(chosen: Format) -> list[dict[str, str]]:
    """`behaviour` and `why` for all that `chosen` declares blind or, cut to its file, has no column for."""
    return [
        {"behaviour": behaviour, "why": chosen.blind.get(behaviour, _WORDS[behaviour])}
        for behaviour, columns in _SEEN_IN.items()
        if behaviour in chosen.blind or not any(column in chosen.posts for column in columns)
    ]
