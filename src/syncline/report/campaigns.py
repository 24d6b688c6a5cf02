"""What each network did: its directives day by day, whom it lifted up, and who did what in it."""

from collections import Counter, defaultdict
from typing import Any

from syncline import words
from syncline.campaigns.constants import ALPHA
from syncline.case.contract import ReportCase
from syncline.report.evidence import NAME_CHARACTERS, POST_CHARACTERS, Evidence, Strings

MAX_DIRECTIVES = 600
MAX_APPLAUSE = 120
MAX_ROLES = 3_000
POSTS_EACH = 3
COMPANIONS = 6
_CURVE_POINTS = 16

#: What a directive's object is, as in "Hashtag".
KINDS = {
    "hashtag": "Hashtag",
    "url": "URL",
    "text": "Text",
    "media": "Picture",
    "repost": "Repost",
    "target": "Replies to",
    "applause": "Reposts of",
    "mention": "Mentions of",
}
CADENCES = {
    "minute_of_hour": "posts at the same minutes of the hour",
    "constant_gaps": "posts at constant intervals",
}

# The directives of each network with most evidence, every network's strongest first.
_DIRECTIVES = """
WITH ranked AS (
    SELECT *, row_number() OVER (PARTITION BY network_id ORDER BY log10_e DESC, directive_id) AS place
    FROM directives WHERE leads AND network_id IN ({networks})
),
chosen AS (
    SELECT * FROM ranked ORDER BY place, log10_e DESC, directive_id LIMIT {limit}
),
spans AS (
    SELECT d.directive_id, min(d.first_us) AS first_us, max(d.last_us) AS last_us
    FROM directives AS d SEMI JOIN chosen USING (directive_id)
    GROUP BY d.directive_id
),
companions AS (
    SELECT d.directive_id,
        list({{'kind': d.kind, 'label': left(d.label, {name})}} ORDER BY d.members DESC, d.kind, d.object) AS others
    FROM directives AS d SEMI JOIN chosen USING (directive_id)
    WHERE NOT d.leads GROUP BY d.directive_id
)
SELECT c.directive_id, c.network_id, c.day_us, c.kind, left(c.label, {name}), c.members, c.active, c.posts, c.others,
    c.expected, c.log10_e, s.first_us, s.last_us, c.followers, c.half_us, c.first_platform, c.first_account, k.others
FROM chosen AS c JOIN spans AS s USING (directive_id) LEFT JOIN companions AS k USING (directive_id)
ORDER BY c.network_id, c.day_us NULLS LAST, c.followers DESC, c.directive_id
"""
_DELAYS = """
SELECT directive_id, list(delay_us ORDER BY delay_us) FROM uptake
WHERE directive_id IN ({directives}) GROUP BY directive_id
"""
_POSTS = """
SELECT u.directive_id, u.platform, u.account_id, p.time_us, left(p.text, {characters}), length(p.text), u.post_id
FROM (
    SELECT *, row_number() OVER (PARTITION BY directive_id ORDER BY first_us, platform, account_id) AS place
    FROM uptake WHERE directive_id IN ({directives})
) AS u
JOIN posts AS p ON p.platform = u.platform AND p.account_id = u.account_id AND p.post_id = u.post_id
WHERE u.place <= {posts}
ORDER BY u.directive_id, u.place
"""
_APPLAUSE = """
SELECT network_id, platform, account_id, left(username, {name}), members, share, posts, mentions, days, others,
    log10_e, first_us, last_us
FROM (
    SELECT *, row_number() OVER (PARTITION BY network_id ORDER BY log10_e DESC, platform, account_id) AS place
    FROM applause WHERE network_id IN ({networks})
)
ORDER BY place, log10_e DESC, platform, account_id
LIMIT {limit}
"""
_ROLES = """
SELECT network_id, platform, account_id, role, basis, wrote, boosted, addressed, share, share_low, share_high,
    directives, firsts, first_mover, joins, cadence
FROM roles WHERE network_id IN ({networks})
ORDER BY network_id, first_mover DESC, directives DESC NULLS LAST, platform, account_id
"""

Key = tuple[str, str]


def build(
    case: ReportCase, networks: list[dict[str, Any]], found: Evidence, resolution_us: int
) -> dict[str, dict[str, Any]]:
    """For each network, by its number: `days` of directives, `throughout` the log, `applause` and `roles`."""
    chosen = [network["id"] for network in networks if network["kind"] == "network"]
    if not chosen:
        return {}
    numbers = ", ".join(str(int(number)) for number in chosen)
    index = {(account["platform"], account["id"]): place for place, account in enumerate(found.accounts)}
    directives = _directives(case, numbers, found, index, resolution_us)
    applause = _applause(case, numbers, found.strings)
    roles = _roles(case, numbers, found.strings, index)
    counted = dict(
        case.sql("SELECT network_id, count(*) FROM directives WHERE leads GROUP BY network_id").fetchall()
    )
    return {
        str(number): {
            "summary": summary(counted.get(number, 0), len(directives[number]), directives[number]),
            "days": _by_day([one for one in directives[number] if one["day_us"] is not None]),
            "throughout": [one["row"] for one in directives[number] if one["day_us"] is None],
            "applause": applause[number],
            "roles": roles[number],
        }
        for number in chosen
    }


def summary(found: int, shown: int, directives: list[dict[str, Any]]) -> str:
    """How many directives there are, on how many days, and how many of them the file holds."""
    if not found:
        return (
            "No directive was found: nothing that its accounts took up together beyond their own habit, their taste, "
            "the crowd of that day and the part of the crowd that is most like them."
        )
    sentence = (
        f"{words.plural(found, 'directive')} {_when(directives)}: what its accounts took up together beyond "
        "their own habit, their taste, the crowd of that day and the part of the crowd that is most like them. "
        f"At most {words.percent(ALPHA)} of them can be expected to be wrong. "
        "A directive is what can be seen, not an order: nobody need have given one."
    )
    if shown < found:
        sentence += f" {words.number(shown)} are in this file, those with most evidence."
    return sentence


def _directives(
    case: ReportCase, numbers: str, found: Evidence, index: dict[Key, int], resolution_us: int
) -> dict[int, list[dict[str, Any]]]:
    query = _DIRECTIVES.format(networks=numbers, limit=MAX_DIRECTIVES, name=NAME_CHARACTERS)
    records = case.sql(query).fetchall()
    listed = ", ".join(str(int(record[0])) for record in records) or "NULL"
    delays = dict(case.sql(_DELAYS.format(directives=listed)).fetchall())
    posts = _posts(case, listed, found.strings, index, resolution_us)
    by_network: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for record in records:
        by_network[record[1]].append(
            {
                "day_us": record[2],
                "row": _row(record, delays.get(record[0], []), posts[record[0]], found.strings, index),
            }
        )
    return by_network


def _row(
    record: tuple[Any, ...],
    delays: list[int],
    posts: list[list[int]],
    strings: Strings,
    index: dict[Key, int],
) -> dict[str, Any]:
    kind, label, members, active, count, others, expected, log10_e, first_us, last_us, followers, half_us = (
        record[3:15]
    )
    companions = record[17] or []
    return {
        "id": record[0],
        "kind": KINDS.get(kind, kind),
        "label": strings.place(label or ""),
        "share": round(followers / max(active, followers, 1), 3),
        "followers": followers,
        "active": active,
        "words": strings.place(
            f"{words.number(members)} of {words.plural(active, 'active account')} took it up in "
            f"{words.plural(count, 'post')}{_together(members, followers)}; {words.number(expected)} expected by "
            f"the innocent explanation that comes closest, by chance at most {words.one_in(log10_e)}. "
            f"{words.plural(others, 'account')} of no network did, too."
        ),
        "when": f"{words.time(first_us)} to {words.time(last_us)}",
        "speed": _speed(followers, half_us),
        "first": index.get((record[15], record[16])),
        "curve": _curve(delays),
        "posts": posts,
        "with": [
            [KINDS.get(one["kind"], one["kind"]), strings.place(one["label"] or "")]
            for one in companions[:COMPANIONS]
        ],
        "more": max(0, len(companions) - COMPANIONS),
    }


def _together(members: int, followers: int) -> str:
    """How many followed the whole directive, where they are not those of its leading object alone."""
    return f" ({words.number(followers)} with what goes with it)" if followers != members else ""


def _speed(followers: int, half_us: int | None) -> str:
    if half_us is None:
        return words.plural(followers, "account")
    return f"half of {words.plural(followers, 'account')} within {words.duration(half_us)} of the first"


def _curve(delays: list[int]) -> list[list[int]]:
    """[seconds since the first, accounts so far] at some of the followers, the last always among them."""
    last = len(delays) - 1
    places = (
        sorted({round(step * last / _CURVE_POINTS) for step in range(_CURVE_POINTS + 1)}) if delays else []
    )
    return [[delays[place] // 1_000_000, place + 1] for place in places]


def _posts(
    case: ReportCase, listed: str, strings: Strings, index: dict[Key, int], resolution_us: int
) -> dict[int, list[list[int]]]:
    query = _POSTS.format(directives=listed, characters=POST_CHARACTERS, posts=POSTS_EACH)
    found: dict[int, list[list[Any]]] = defaultdict(list)
    for directive, platform, account_id, time_us, text, length, post_id in case.sql(query).fetchall():
        account = index.get((platform, account_id))
        if account is not None:
            cut = max(0, (length or 0) - POST_CHARACTERS)
            when, place = words.time(time_us, resolution_us), strings.place
            found[directive].append([account, when, place(text or ""), cut, place(post_id)])
    return found


def _by_day(directives: list[dict[str, Any]]) -> list[dict[str, Any]]:
    days: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for one in directives:
        days[one["day_us"]].append(one["row"])
    return [{"day": words.date(day), "directives": rows} for day, rows in sorted(days.items())]


def _applause(case: ReportCase, numbers: str, strings: Strings) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    query = _APPLAUSE.format(networks=numbers, limit=MAX_APPLAUSE, name=NAME_CHARACTERS)
    for record in case.sql(query).fetchall():
        network_id, platform, account_id, username, members, share, posts, mentions, days, others = record[
            :10
        ]
        log10_e, first_us, last_us = record[10:]
        beside = f" and named it in {words.plural(mentions, 'post')} besides" if mentions else ""
        throughout = (
            "over the whole log" if not days else f"on {words.plural(days, 'day')} beyond expectation"
        )
        found[network_id].append(
            {
                "name": strings.place(username or account_id),
                "platform": strings.place(platform),
                "share": round(share, 3),
                "words": strings.place(
                    f"{words.plural(members, 'account')} ({words.percent(share)} of the network) reposted or quoted it "
                    f"{words.plural(posts, 'time')}{beside}, {throughout}, {words.date_span(first_us, last_us)}; by "
                    f"chance at most {words.one_in(log10_e)}. {words.plural(others, 'account')} of no network did, too."
                ),
            }
        )
    return found


def _roles(
    case: ReportCase, numbers: str, strings: Strings, index: dict[Key, int]
) -> dict[int, dict[str, Any]]:
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    rows: dict[int, list[list[Any]]] = defaultdict(list)
    shown = 0
    for record in case.sql(_ROLES.format(networks=numbers)).fetchall():
        network_id, platform, account_id, role = record[:4]
        counts[network_id][role] += 1
        account = index.get((platform, account_id))
        if account is None or shown >= MAX_ROLES:
            continue
        shown += 1
        rows[network_id].append([account, strings.place(role), *map(strings.place, _role_words(record))])
    return {
        int(number): {
            "summary": _role_summary(counts[int(number)]),
            "rows": rows[int(number)],
            "more": max(0, sum(counts[int(number)].values()) - len(rows[int(number)])),
        }
        for number in numbers.split(", ")
    }


def _when(directives: list[dict[str, Any]]) -> str:
    """As in "on 2 days and throughout the log": what is told of the whole log fell on no day."""
    days = {one["day_us"] for one in directives}
    on_days = [f"on {words.plural(len(days - {None}), 'day')}"] if days - {None} else []
    return words.listing([*on_days, *(["throughout the log"] if None in days else [])])


def _role_summary(counts: Counter[str]) -> str:
    if not counts:
        return ""
    parts = [words.plural(counts[role], role) for role in ("author", "booster", "replier") if counts[role]]
    if counts["mixed"]:
        parts.append(f"{words.number(counts['mixed'])} of mixed role, none of the three being sure")
    return f"{words.listing(parts)}."


def _role_words(record: tuple[Any, ...]) -> tuple[str, str, str]:
    basis, wrote, boosted, addressed, share, low, high, directives, firsts, first_mover, joins, cadence = (
        record[4:]
    )
    read_from = "posts on directives" if basis == "directives" else "all of its posts"
    acts = (
        f"{words.number(wrote)} written, {words.number(boosted)} boosted, {words.number(addressed)} addressed"
    )
    sure = (
        f"; {words.percent(round(share, 2))} ({words.percent(round(low, 2))} to {words.percent(round(high, 2))})"
        if share is not None
        else ""
    )
    moved = (
        f"among the first quarter in {words.number(firsts)} of {words.plural(directives, 'directive')}"
        if directives
        else ""
    )
    marks = ["moves first" if first_mover else ""]
    marks.append(f"alone joins {words.plural(joins, 'account')} to the rest" if joins else "")
    marks += [CADENCES.get(one, one) for one in (cadence or "").split()]
    if cadence:
        marks.append("as schedulers and feeds do")
    return f"{acts} ({read_from}){sure}", moved, ", ".join(one for one in marks if one)
