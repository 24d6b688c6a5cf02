"""What a post's own words tell when the source has no column for it, in SQL."""

from syncline.sources.sql import literal

# A URL without the punctuation of the sentence around it, a hashtag or a handle; the last two with the
# character before them if that makes them something else: the # of a URL's fragment, the @ of an e-mail.
_TOKENS = (
    r"https?://[^\s<>\"]*[^\s<>\".,;:!?…»”’)'']"
    r"|[\p{L}\p{N}_&/.]?(?:[#＃][\p{L}\p{M}\p{N}_\x{200c}]+|@[A-Za-z0-9_.-]*[A-Za-z0-9_])"
)
_BLOCK_ENDS = r"<br\s*/?>|</p>|</div>|</li>"
_ENTITIES = {
    **{"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#34;": '"', "&#39;": "'", "&#x27;": "'", "&apos;": "'"},
    **{"&nbsp;": " ", "&#160;": " ", "&hellip;": "…", "&#x2F;": "/", "&amp;": "&"},
}
_REPOST_PREFIX = r"^RT @([A-Za-z0-9_.-]+):? "


def tokens(text: str) -> str:
    """All URLs, hashtags and mentions of `text` as one list, to be parted by the functions below."""
    marked = (
        f"contains({text}, '#') OR contains({text}, '@') OR contains({text}, '://') OR contains({text}, '＃')"
    )
    return f"CASE WHEN {marked} THEN regexp_extract_all({text}, '{_TOKENS}') ELSE [] END"


def urls(found: str) -> str:
    """The URLs among `found`."""
    return f"list_filter({found}, lambda token: starts_with(token, 'http'))"


def hashtags(found: str) -> str:
    """The hashtags among `found`, without their sign."""
    marked = f"list_filter({found}, lambda token: starts_with(token, '#') OR starts_with(token, '＃'))"
    return f"list_transform({marked}, lambda token: token[2:])"


def mentions(found: str) -> str:
    """The handles among `found`, without their sign."""
    marked = f"list_filter({found}, lambda token: starts_with(token, '@'))"
    return f"list_transform({marked}, lambda token: token[2:])"


def reposted_handle(text: str) -> str:
    """The handle in a leading `RT @handle:`, else NULL."""
    handle = f"regexp_extract({text}, '{_REPOST_PREFIX}', 1)"
    return f"CASE WHEN starts_with({text}, 'RT @') THEN nullif({handle}, '') END"


def without_repost_prefix(text: str) -> str:
    """`text` after its leading `RT @handle:`."""
    return f"regexp_replace({text}, '{_REPOST_PREFIX}', '')"


def plain(html: str) -> str:
    """The words of `html`: tags are dropped, lines kept, the usual entities undone; NULL if nothing is left."""
    spelled = f"regexp_replace(regexp_replace({html}, '{_BLOCK_ENDS}', chr(10), 'gi'), '<[^>]*>', '', 'g')"
    # The ampersand comes last: &amp;lt; stands for the text &lt;.
    for entity, sign in _ENTITIES.items():
        spelled = f"replace({spelled}, {literal(entity)}, {literal(sign)})"
    return f"nullif(trim({spelled}, chr(10) || ' '), '')"
