"""The accounts, the links between them and the posts behind each link, as many as one file can carry."""

from dataclasses import dataclass, field
from typing import Any

from syncline import words
from syncline.case.contract import ReportCase
from syncline.report import layout
from syncline.report.figures import finite
from syncline.report.page import embed

MAX_ACCOUNTS = 6_000
MAX_LINKS = 20_000
CO_ACTIONS_PER_LINK = 6
POST_CHARACTERS = 500
NAME_CHARACTERS = 200
# Bytes of posts, objects and sentences: with accounts and links, a report stays under 15 MB.
EVIDENCE_BYTES = 7_000_000
_ROW_BYTES = 50  # a post or a co-action without its strings

_ACCOUNTS = """
WITH observed AS (
    SELECT platform, account_id, max(left(username, {name})) AS username,
        max(left(display_name, {name})) AS display_name, max(created_us) AS created_us
    FROM accounts GROUP BY platform, account_id
)
SELECT network_id, platform, account_id, left(members.username, {name}), named, reason, log10_e, edges,
    posts, role,
    observed.display_name, observed.created_us, observed.username
FROM members LEFT JOIN observed USING (platform, account_id)
WHERE network_id IN ({networks})
ORDER BY list_position([{networks}], network_id), named DESC, log10_e DESC, platform, account_id
LIMIT {limit}
"""

# Every account's strongest link first, then every account's second, and so on.
_LINKS = """
WITH ends AS (
    SELECT platform_a, account_a, platform_b, account_b, log10_e,
        platform_a AS platform, account_a AS account_id
    FROM edges WHERE network_id IN ({networks})
    UNION ALL
    SELECT platform_a, account_a, platform_b, account_b, log10_e, platform_b, account_b
    FROM edges WHERE network_id IN ({networks})
),
ranked AS (
    SELECT *, row_number() OVER (
        PARTITION BY platform, account_id
        ORDER BY log10_e DESC, platform_a, account_a, platform_b, account_b
    ) AS place
    FROM ends
),
best AS (
    SELECT platform_a, account_a, platform_b, account_b, min(place) AS place
    FROM ranked GROUP BY ALL
)
SELECT platform_a, account_a, platform_b, account_b,
    edges.log10_e, edges.objects, edges.behaviours, edges.days,
    row_number() OVER (
        ORDER BY best.place, edges.log10_e DESC, platform_a, account_a, platform_b, account_b
    ) AS rank
FROM best JOIN edges USING (platform_a, account_a, platform_b, account_b)
ORDER BY rank
LIMIT {limit}
"""

# The few of each link that say most; the order of a struct is that of its fields.
_CO_ACTIONS = """
WITH links AS ({links}),
best AS (
    SELECT links.rank, count(*) AS total, min({{
        'order': -surprisal, 'time_a_us': time_a_us, 'behaviour': behaviour, 'object': object, 'post_a': post_a,
        'post_b': post_b, 'time_b_us': time_b_us, 'lag_us': lag_us, 'window_s': window_s,
        'object_accounts': object_accounts, 'active_accounts': active_accounts,
        'expected_accounts': expected_accounts
    }}, {per_link}) AS shown
    FROM co_actions
    JOIN links USING (platform_a, account_a, platform_b, account_b)
    GROUP BY links.rank
),
shown AS (
    SELECT rank, total, unnest(shown) AS co_action, unnest(range(len(shown))) AS place FROM best
),
sides AS (
    SELECT links.platform_a, links.account_a, links.platform_b, links.account_b, c.*
    FROM (SELECT rank, total, place, unnest(co_action) FROM shown) AS c
    JOIN links ON links.rank = c.rank
),
-- Both sides' posts at once: of all that a case holds, texts take longest to read.
texts AS (
    SELECT platform, post_id, left(text, {characters}) AS text, length(text) AS length
    FROM posts
    WHERE (platform, post_id) IN (
        SELECT (platform_a, post_a) FROM sides UNION SELECT (platform_b, post_b) FROM sides
    )
)
SELECT c.platform_a, c.account_a, c.platform_b, c.account_b, c.total,
    c.behaviour, left(c.object, {characters}), c.post_a, c.post_b, c.time_a_us, c.time_b_us, c.lag_us, c.window_s,
    c.object_accounts, c.active_accounts, c.expected_accounts, a.text, a.length, b.text, b.length
FROM sides AS c
LEFT JOIN texts AS a ON a.platform = c.platform_a AND a.post_id = c.post_a
LEFT JOIN texts AS b ON b.platform = c.platform_b AND b.post_id = c.post_b
ORDER BY c.place, c.rank
"""

Key = tuple[str, str]
LinkKey = tuple[str, str, str, str]


@dataclass
class Evidence:
    """What goes into the page, and in words what did not."""

    accounts: list[dict[str, Any]] = field(default_factory=list)
    links: list[dict[str, Any]] = field(default_factory=list)
    posts: list[list[Any]] = field(default_factory=list)
    strings: "Strings" = field(default_factory=lambda: Strings())
    left_out: list[str] = field(default_factory=list)


class Strings:
    """Every string that may come again, kept once; whoever uses one holds its place in `kept`."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.bytes = 0
        self._places: dict[str, int] = {}

    def place(self, text: str) -> int:
        """Where `text` stands, which is at the end if it is new."""
        if text not in self._places:
            self._places[text] = len(self.kept)
            self.kept.append(text)
            self.bytes += len(embed(text))
        return self._places[text]


def build(case: ReportCase, network_ids: list[int]) -> Evidence:
    """Accounts with their places on the map, links, and posts side by side, network by network."""
    evidence = Evidence()
    if not network_ids:
        return evidence
    chosen = ", ".join(str(int(network_id)) for network_id in network_ids)
    index = _accounts(case, chosen, evidence)
    drawn = _links(case, chosen, index, evidence)
    _place(evidence)
    _posts(case, chosen, index, drawn, evidence)
    _say_what_is_left_out(case, evidence)
    return evidence


def _accounts(case: ReportCase, chosen: str, evidence: Evidence) -> dict[Key, int]:
    index: dict[Key, int] = {}
    query = _ACCOUNTS.format(networks=chosen, limit=MAX_ACCOUNTS, name=NAME_CHARACTERS)
    for record in case.sql(query).fetchall():
        network_id, platform, account_id, username, named, reason, log10_e, edges, posts, role = record[:10]
        display_name, created_us, listed_username = record[10:]
        index[platform, account_id] = len(evidence.accounts)
        evidence.accounts.append(
            {
                "network": network_id,
                "platform": platform,
                "id": account_id,
                "name": username or listed_username or account_id,
                "display": display_name,
                "created": None if created_us is None else words.date(created_us),
                "named": bool(named),
                "reason": evidence.strings.place(reason or ""),
                "log10_e": finite(log10_e),
                "evidence": words.one_in(finite(log10_e)),
                "links": edges or 0,
                "posts": posts or 0,
                "role": role or "",
            }
        )
    return index


def _links(case: ReportCase, chosen: str, index: dict[Key, int], evidence: Evidence) -> dict[LinkKey, int]:
    drawn: dict[LinkKey, int] = {}
    for record in case.sql(_LINKS.format(networks=chosen, limit=MAX_LINKS)).fetchall():
        key: LinkKey = record[:4]
        a, b = index.get(key[:2]), index.get(key[2:])
        if a is None or b is None:
            continue
        log10_e, objects, behaviours, days, _ = record[4:]
        drawn[key] = len(evidence.links)
        evidence.links.append(
            {
                "a": a,
                "b": b,
                "log10_e": finite(log10_e),
                "words": evidence.strings.place(
                    _link_words(objects, behaviours or [], days, finite(log10_e))
                ),
                "shown": [],
                "total": 0,
            }
        )
    return drawn


def _link_words(objects: int, behaviours: list[str], days: int, log10_e: float) -> str:
    return (
        f"{words.plural(objects, 'object')} in common through {words.behaviours(behaviours)} "
        f"on {words.plural(days, 'day')}; without coordination at most {words.one_in(log10_e)}"
    )


def _place(evidence: Evidence) -> None:
    positions = layout.layout(
        [account["network"] for account in evidence.accounts],
        [(link["a"], link["b"]) for link in evidence.links],
    )
    for account, (x, y) in zip(evidence.accounts, positions, strict=True):
        account["x"], account["y"] = round(float(x), 3), round(float(y), 3)


def _posts(
    case: ReportCase, chosen: str, index: dict[Key, int], drawn: dict[LinkKey, int], evidence: Evidence
) -> None:
    query = _CO_ACTIONS.format(
        links=_LINKS.format(networks=chosen, limit=MAX_LINKS),
        characters=POST_CHARACTERS,
        per_link=CO_ACTIONS_PER_LINK,
    )
    store = _Posts(evidence, case.run.get("resolution_us") or 1)
    for record in case.sql(query).fetchall():
        position = drawn.get(record[:4])
        if position is None:
            continue
        link = evidence.links[position]
        link["total"] = record[4]
        if store.bytes < EVIDENCE_BYTES:
            link["shown"].append(store.co_action(index[record[:2]], index[record[2:4]], record[5:]))


class _Posts:
    """Puts co-actions and their posts into the evidence, each post once."""

    def __init__(self, evidence: Evidence, resolution_us: int) -> None:
        self._evidence = evidence
        self._resolution = resolution_us
        self._places: dict[tuple[int, str], int] = {}
        self._rows = 0

    @property
    def bytes(self) -> int:
        """What the evidence costs in the page, about."""
        return self._evidence.strings.bytes + _ROW_BYTES * self._rows

    def co_action(self, a: int, b: int, record: tuple[Any, ...]) -> list[Any]:
        behaviour, shared, post_a, post_b, time_a, time_b, lag_us, window_s = record[:8]
        object_accounts, active_accounts, expected, text_a, length_a, text_b, length_b = record[8:]
        odds = words.odds(behaviour, object_accounts, active_accounts, window_s, finite(expected, 9))
        self._rows += 1
        string = self._evidence.strings.place
        return [
            string(words.BEHAVIOUR_NOUNS.get(behaviour, behaviour)),
            string(shared or ""),
            self._post(a, post_a or "", time_a, text_a, length_a),
            self._post(b, post_b or "", time_b, text_b, length_b),
            string(words.lag(lag_us, self._resolution)),
            string(odds),
        ]

    def _post(self, account: int, post_id: str, time_us: int, text: str | None, length: int | None) -> int:
        key = (account, post_id)
        if key not in self._places:
            posts = self._evidence.posts
            self._places[key] = len(posts)
            self._rows += 1
            cut = max(0, (length or 0) - POST_CHARACTERS)
            when = words.time(time_us, self._resolution)
            place = self._evidence.strings.place
            posts.append([account, when, place(text or ""), cut, place(post_id)])
        return self._places[key]


_BETWEEN = "network_id IS NULL"


def _say_what_is_left_out(case: ReportCase, evidence: Evidence) -> None:
    counts = (
        ("account", "members", len(evidence.accounts)),
        ("link", f"edges WHERE NOT ({_BETWEEN})", len(evidence.links)),
        ("co-action", "co_actions", sum(len(link["shown"]) for link in evidence.links)),
    )
    for singular, table, shown in counts:
        (total,) = case.sql(f"SELECT count(*) FROM {table}").fetchall()[0]
        if total > shown:
            evidence.left_out.append(
                f"{words.number(shown)} of {words.plural(total, singular)} "
                f"{words.verb(shown, 'is', 'are')} in this file, the strongest first."
            )
    (between,) = case.sql(f"SELECT count(*) FROM edges WHERE {_BETWEEN}").fetchall()[0]
    if between:
        evidence.left_out.append(
            f"{words.plural(between, 'link')} between accounts that are not in one network "
            f"{words.verb(between, 'is', 'are')} in no picture and no list here, but in the case's table of edges."
        )
