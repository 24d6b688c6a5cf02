"""A page for each account that a network turned to together: what happened, when, by how many, in which posts."""

from collections import defaultdict
from typing import Any

from syncline import words
from syncline.campaigns.constants import HOURS_AFTER
from syncline.case.contract import ReportCase
from syncline.report.evidence import NAME_CHARACTERS, POST_CHARACTERS, Evidence

MAX_TARGETS = 80
EPISODES_EACH = 12
POSTS_EACH = 12
ANSWERED_EACH = 3

_MANY = "replies and mentions"

_TARGETS = """
WITH ranked AS (
    SELECT network_id, platform, account_id, max(log10_e) AS log10_e, sum(posts) AS posts
    FROM targets WHERE network_id IN ({networks}) GROUP BY ALL
),
chosen AS (
    SELECT *, row_number() OVER (ORDER BY log10_e DESC, posts DESC, network_id, platform, account_id) AS place
    FROM ranked QUALIFY place <= {limit}
)
SELECT c.place, t.network_id, t.platform, t.account_id, left(t.username, {name}), t.episode, t.first_us, t.last_us,
    t.members, t.share, t.posts, t.replies, t.others, t.others_posts, t.rate, t.usual_rate, t.comparable_rate,
    t.overlap, t.usual_overlap, t.newcomers, t.others_newcomers, t.log10_e, t.post_ids, t.target_post_ids
FROM targets AS t JOIN chosen AS c USING (network_id, platform, account_id)
ORDER BY c.place, t.episode
"""


def build(
    case: ReportCase, networks: list[dict[str, Any]], found: Evidence, resolution_us: int
) -> dict[str, Any]:
    """`pages`, the accounts addressed with most evidence first, and `left_out`, how many are not in the file."""
    numbers = (
        ", ".join(str(int(network["id"])) for network in networks if network["kind"] == "network") or "NULL"
    )
    query = _TARGETS.format(networks=numbers, limit=MAX_TARGETS, name=NAME_CHARACTERS)
    pages: dict[int, dict[str, Any]] = {}
    wanted: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for record in case.sql(query).fetchall():
        page = pages.setdefault(record[0], _page(record, found))
        if len(page["episodes"]) == EPISODES_EACH:
            page["more"] += 1
            continue
        shown = _spread(record[22], POSTS_EACH)
        answered = record[23][:ANSWERED_EACH]
        page["episodes"].append(
            {
                "when": words.date_span(record[6], record[7]),
                "sentences": _sentences(record),
                "posts": [(record[2], post) for post in shown],
                "answered": [(record[2], post) for post in answered],
                "total": len(record[22]),
            }
        )
        wanted[record[0]] += [(record[2], post) for post in [*shown, *answered]]
    _fill(case, pages, [key for keys in wanted.values() for key in keys], found, resolution_us)
    total = case.sql(
        "SELECT count(*) FROM (SELECT DISTINCT network_id, platform, account_id FROM targets)"
    ).fetchall()[0][0]
    left_out = (
        f"{words.number(len(pages))} of {words.plural(total, 'account')} addressed are in this file, those with most "
        "evidence."
        if total > len(pages)
        else ""
    )
    return {"pages": list(pages.values()), "left_out": left_out}


def _page(record: tuple[Any, ...], found: Evidence) -> dict[str, Any]:
    return {
        "network": record[1],
        "name": found.strings.place(record[4] or record[3]),
        "platform": found.strings.place(record[2]),
        "account_id": found.strings.place(record[3]),
        "episodes": [],
        "more": 0,
    }


def _sentences(record: tuple[Any, ...]) -> list[str]:
    members, share, posts, replies, others, others_posts = record[8:14]
    rate, usual, comparable, overlap, usual_overlap, newcomers, others_newcomers, log10_e = record[14:22]
    said = [
        f"{words.plural(members, 'account')} of the network ({words.percent(round(share, 3))} of it) answered or named "
        f"this account in {words.plural(posts, 'post')}, {words.number(replies)} of them "
        f"{words.noun(replies, 'a reply', 'replies')}; "
        f"{words.plural(others, 'account')} of no network did so in {words.plural(others_posts, 'post')} on these "
        f"days. "
        f"By the innocent explanation that comes closest, so many turn up with a probability of at most "
        f"{words.one_in(log10_e)}."
    ]
    if rate is not None:
        compared = [
            f"{words.number(round(value, 2))} {who}"
            for value, who in (
                (usual, "at other times"),
                (comparable, "at the median of accounts that are addressed as often"),
            )
            if value is not None
        ]
        said.append(
            f"In the {words.number(HOURS_AFTER)} hours after its posts it got "
            f"{words.plural(round(rate, 2), 'reply or mention', _MANY)} an hour"
            + (f"; {words.listing(compared)}." if compared else ".")
        )
    if overlap is not None:
        beside = (
            f" ({words.percent(round(usual_overlap, 3))} at other times)" if usual_overlap is not None else ""
        )
        said.append(
            f"Of the accounts that answered one of its posts or another, {words.percent(round(overlap, 3))} on average "
            f"answered both{beside}."
        )
    if newcomers is not None:
        beside = (
            f", and {words.percent(round(others_newcomers, 3))} of the others"
            if others_newcomers is not None
            else ""
        )
        said.append(
            f"{words.percent(round(newcomers, 3))} of the network's accounts had not addressed it earlier in the "
            f"log{beside}."
        )
    return said


def _spread(posts: list[str], most: int) -> list[str]:
    """Some of the posts, evenly over all of them."""
    if len(posts) <= most:
        return posts
    return [posts[place * len(posts) // most] for place in range(most)]


def _fill(
    case: ReportCase,
    pages: dict[int, dict[str, Any]],
    keys: list[tuple[str, str]],
    found: Evidence,
    resolution_us: int,
) -> None:
    """Put the posts themselves where their ids stand: [account, time, text, characters cut off, id]."""
    texts = _texts(case, keys)
    index = {(account["platform"], account["id"]): place for place, account in enumerate(found.accounts)}

    def row(key: tuple[str, str]) -> list[Any] | None:
        if key not in texts:
            return None
        account_id, time_us, text, length = texts[key]
        account = index.get((key[0], account_id))
        cut = max(0, (length or 0) - POST_CHARACTERS)
        at = words.time(time_us, resolution_us)
        place = found.strings.place
        return [-1 if account is None else account, at, place(text or ""), cut, place(key[1])]

    for page in pages.values():
        for episode in page["episodes"]:
            for name in ("posts", "answered"):
                rows = [one for key in episode[name] if (one := row(key)) is not None]
                episode[name] = sorted(rows, key=lambda one: one[1])


def _texts(case: ReportCase, keys: list[tuple[str, str]]) -> dict[tuple[str, str], tuple[Any, ...]]:
    # No query can hold the character NUL.
    asked = sorted(key for key in set(keys) if "\0" not in "".join(key))
    if not asked:
        return {}
    values = ", ".join(f"({_literal(platform)}, {_literal(post)})" for platform, post in asked)
    records = case.sql(
        f"""
        SELECT platform, post_id, account_id, time_us, left(text, {POST_CHARACTERS}), length(text)
        FROM posts SEMI JOIN (VALUES {values}) AS asked(platform, post_id) USING (platform, post_id)
        """
    ).fetchall()
    return {(record[0], record[1]): record[2:] for record in records}


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
