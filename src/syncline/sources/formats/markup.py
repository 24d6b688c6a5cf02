"""Words and links out of HTML bodies, for formats whose records are walked one by one."""

import html
import re

_BREAK = re.compile(r"<br\s*/?>|</p>|</div>|</li>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_ANCHOR = re.compile(r"<a\b([^>]*)>", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_INSIDE = re.compile(r"""\b(?:class|rel)\s*=\s*["'][^"']*\b(?:mention|hashtag|tag)\b""", re.IGNORECASE)


def words(body: object) -> str | None:
    """The words of an HTML body, its lines kept; None if nothing is left."""
    if not isinstance(body, str):
        return None
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", body))).strip("\n ") or None


def links(body: object) -> list[str]:
    """Where the links of an HTML body lead, without those to accounts and hashtags."""
    if not isinstance(body, str):
        return []
    anchors = [attributes for attributes in _ANCHOR.findall(body) if not _INSIDE.search(attributes)]
    found = [_HREF.search(attributes) for attributes in anchors]
    return [html.unescape(each[1] or each[2] or "") for each in found if each]
