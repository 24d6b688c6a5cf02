"""What a post's own words tell when the source has no column for it, in SQL."""

from syncline.sources.sql import literal

# A URL without the punctuation of the sentence around it, a hashtag or a handle; the last two with the
# character before them if that makes them something else: the # of a URL's fragment, the @ of an e-mail.
_ADDRESS = r"[^\s<>\"]*[^\s<>\".,;:!?…»”’)'']"
_URL = rf"https?://{_ADDRESS}"
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
    return f"CASE WHEN {marked} THEN {_all(text)} ELSE [] END"


def _all(text: str) -> str:
    return f"regexp_extract_all({text}, '{_TOKENS}')"


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


# The sign of each kind of token, what stands before it where the token begins, and what follows it.
_TOLD = {
    "urls": ("://", ("https", "http"), _ADDRESS),
    "hashtags": ("#", ("",), _HASHTAG),
    "mentions": ("@", ("",), _HANDLE),
}


def with_tokens(relation: str) -> str:
    """`relation`, which has a column `text`, with its tokens beside it: told_urls, told_hashtags, told_mentions.

    What the functions above say, at half the price for most texts: where each sign is there once at most, and its
    token stands at the beginning or after a space, no token can begin inside another. The text is then cut at the
    sign, and the token is what the second piece begins with.
    """
    pieces = ", ".join(
        f"CASE WHEN contains(text, '{sign}') THEN string_split(text, '{sign}') ELSE [] END AS {name}_pieces"
        for name, (sign, _, _) in _TOLD.items()
    )
    alone = " AND ".join(_alone(f"{name}_pieces", begins) for name, (_, begins, _) in _TOLD.items())
    words = ", ".join(
        f"CASE WHEN found IS NULL AND len({name}_pieces) = 2"
        f" THEN regexp_extract({name}_pieces[2], '^{word}') ELSE '' END AS {name}_word"
        for name, (_, _, word) in _TOLD.items()
    )
    told = ", ".join(
        f"CASE WHEN found IS NOT NULL THEN {part('found')}"
        f" WHEN {name}_word = '' THEN [] ELSE [{word}] END AS told_{name}"
        for name, part, word in (
            (
                "urls",
                urls,
                "CASE WHEN ends_with(urls_pieces[1], 's') THEN 'https://' ELSE 'http://' END || urls_word",
            ),
            ("hashtags", hashtags, "hashtags_word"),
            ("mentions", mentions, "mentions_word"),
        )
    )
    return (
        f"SELECT *, {told} FROM (SELECT *, {words} FROM ("
        f"SELECT *, CASE WHEN contains(text, '＃') OR NOT ({alone}) THEN {_all('text')} END AS found"
        f" FROM (SELECT *, {pieces} FROM ({relation}))))"
    )


def _alone(pieces: str, begins: tuple[str, ...]) -> str:
    """Whether no token can begin in the text cut to `pieces`, or one alone, at its beginning or after a space."""
    before = " OR ".join(
        f"{pieces}[1] = '{each}' OR ends_with({pieces}[1], ' {each}') OR ends_with({pieces}[1], '\n{each}')"
        for each in begins
    )
    return f"(len({pieces}) = 0 OR (len({pieces}) = 2 AND ({before})))"


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


def html_links(html: str) -> str:
    """Where the links of `html` lead, as a list, without those to accounts and hashtags."""
    anchors = f"regexp_extract_all({html}, '<a\\b[^>]*>', 0, 'i')"
    inside = r"""(?:class|rel)\s*=\s*["'][^"']*\b(?:mention|hashtag|tag)\b"""
    outside = f"list_filter({anchors}, lambda anchor: NOT regexp_matches(anchor, {literal(inside)}, 'i'))"
    target = r"""\bhref\s*=\s*["'](https?://[^"']*)["']"""
    found = f"list_transform({outside}, lambda anchor: regexp_extract(anchor, {literal(target)}, 1, 'i'))"
    return f"[replace(link, '&amp;', '&') FOR link IN {found} IF link <> '']"
