"""What a post's own words tell when the source has no column for it, in SQL."""

from syncline.sources.sql import literal

# A URL without the punctuation of the sentence around it, a hashtag or a handle; the last two with the
# character before them if that makes them something else: the # of a URL's fragment, the @ of an e-mail.
_URL = r"https?://[^\s<>\"]*[^\s<>\".,;:!?…»”’)'']"
_HASHTAG = r"[\p{L}\p{M}\p{N}_\x{200c}]+"
_HANDLE = r"[A-Za-z0-9_.-]*[A-Za-z0-9_]"
_TOKENS = rf"{_URL}|[\p{{L}}\p{{N}}_&/.]?(?:[#＃]{_HASHTAG}|@{_HANDLE})"
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


# What a token of each kind begins with, how much of that is no part of its word, and the word.
_TOLD = {
    "urls": (("http://", "https://"), 0, _URL),
    "hashtags": (("#",), 1, _HASHTAG),
    "mentions": (("@",), 1, _HANDLE),
}


def with_tokens(relation: str) -> str:
    """`relation`, which has a column `text`, with its tokens beside it: told_urls, told_hashtags, told_mentions.

    What the functions above say, at half the price for most texts: where each sign is there once at most, and after a
    space, no token can begin inside another, so each is read from its sign on instead of being searched for.
    """
    places = ", ".join(f"{_place(begins)} AS {name}_at" for name, (begins, _, _) in _TOLD.items())
    alone = " AND ".join(_alone(f"{name}_at", begins) for name, (begins, _, _) in _TOLD.items())
    words = ", ".join(
        f"CASE WHEN found IS NULL AND {name}_at > 0"
        f" THEN regexp_extract(substring(text, {name}_at + {skipped}), '^{word}') ELSE '' END AS {name}_word"
        for name, (_, skipped, word) in _TOLD.items()
    )
    told = ", ".join(
        f"CASE WHEN found IS NOT NULL THEN {part('found')}"
        f" WHEN {name}_word = '' THEN [] ELSE [{name}_word] END AS told_{name}"
        for name, part in (("urls", urls), ("hashtags", hashtags), ("mentions", mentions))
    )
    return (
        f"SELECT *, {told} FROM (SELECT *, {words} FROM ("
        f"SELECT *, CASE WHEN contains(text, '＃') OR NOT ({alone}) THEN {tokens('text')} END AS found"
        f" FROM (SELECT *, {places} FROM ({relation}))))"
    )


def _place(begins: tuple[str, ...]) -> str:
    """Where in `text` the first token may begin, 0 for nowhere."""
    places = ", ".join(f"instr(text, '{each}')" for each in begins)
    return f"COALESCE(greatest({places}), 0)"


def _alone(at: str, begins: tuple[str, ...]) -> str:
    """Whether no token can begin in `text`, or one alone that stands at its beginning or after a space."""
    spaced = " OR ".join(
        f"contains(text, {space} || '{each}')" for space in ("' '", "chr(10)") for each in begins
    )
    sign = begins[0].removeprefix("http")
    return f"({at} = 0 OR (({at} = 1 OR {spaced}) AND text NOT LIKE '%{sign}%{sign}%'))"


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
