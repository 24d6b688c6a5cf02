"""What a post's own words tell when the source has no column for it, in SQL."""

# A URL, a hashtag or a handle, with the character before it if that is one that makes it something
# else: the # of a URL's fragment, the @ of an e-mail address.
_TOKENS = (
    r"https?://[^\s<>\"]+"
    r"|[\p{L}\p{N}_&/.]?(?:[#＃][\p{L}\p{M}\p{N}_\x{200c}]+|@[A-Za-z0-9_.-]+)"
)
_REPOST_PREFIX = r"^RT @([A-Za-z0-9_.-]+):? "


def tokens(text: str) -> str:
    """All URLs, hashtags and mentions of `text` as one list, to be parted by the functions below."""
    marked = (
        f"contains({text}, '#') OR contains({text}, '@') OR contains({text}, '://') OR contains({text}, '＃')"
    )
    return f"CASE WHEN {marked} THEN regexp_extract_all({text}, '{_TOKENS}') ELSE [] END"


def urls(found: str) -> str:
    """The URLs among `found`, without the punctuation of the sentence around them."""
    links = f"list_filter({found}, lambda token: starts_with(token, 'http'))"
    return f"list_transform({links}, lambda token: rtrim(token, '.,;:!?…»”’)'''))"


def hashtags(found: str) -> str:
    """The hashtags among `found`, without their sign."""
    marked = f"list_filter({found}, lambda token: token[1] IN ('#', '＃'))"
    return f"list_transform({marked}, lambda token: token[2:])"


def mentions(found: str) -> str:
    """The handles among `found`, without their sign."""
    marked = f"list_filter({found}, lambda token: starts_with(token, '@'))"
    return f"list_filter(list_transform({marked}, lambda token: rtrim(token[2:], '.-')), lambda name: name <> '')"


def reposted_handle(text: str) -> str:
    """The handle in a leading `RT @handle:`, else NULL."""
    return f"CASE WHEN starts_with({text}, 'RT @') THEN nullif(regexp_extract({text}, '{_REPOST_PREFIX}', 1), '') END"


def without_repost_prefix(text: str) -> str:
    """`text` after its leading `RT @handle:`."""
    return f"regexp_replace({text}, '{_REPOST_PREFIX}', '')"
