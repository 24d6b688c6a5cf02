"""The evidence on one account or one network, for the terminal and as data.

Nothing is judged here that the case does not hold: every line is a row of its tables in words.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from syncline import words
from syncline.case import Case
from syncline.errors import SynclineError
from syncline.report import signs
from syncline.safety import terminal_safe

# What is shown unless the whole is asked for.
_EDGES_SHOWN = 10
_CO_ACTIONS_SHOWN = 3
_MEMBERS_SHOWN = 20
_TEXT_SHOWN = 400
_EVERYTHING = 2**62

_ENDS = ("platform_a", "account_a", "platform_b", "account_b")

_SAYS_NOT = (
    "That accounts act together does not make them fake, automated or paid: colleagues, fans, campaigners "
    "and one person's two accounts do so too.",
    "It says nothing on who runs them or on whose behalf, nothing on whether what they post is true, "
    "and nothing on harm.",
    "An account that is a member but not named has not been shown to act in lockstep by evidence of its own.",
)

_NETWORK = re.compile(r"(?:network|pair)\s+(\d+)", re.IGNORECASE)

_ACCOUNTS = """
WITH known AS (
    SELECT platform, account_id FROM accounts UNION SELECT DISTINCT platform, account_id FROM posts
),
described AS (
    SELECT platform, account_id, max(username) AS username, max(display_name) AS display_name,
        max(created_us) AS created_us
    FROM accounts GROUP BY platform, account_id
)
SELECT platform, account_id, username, display_name, created_us
FROM known LEFT JOIN described USING (platform, account_id)
WHERE account_id = $who OR concat(platform, ':', account_id) = $who
    OR lower(username) = lower($handle) OR lower(concat(platform, ':', username)) = lower($who)
ORDER BY platform, account_id
"""
_MEMBER = "SELECT * FROM members WHERE platform = $platform AND account_id = $account_id"
_MEMBER_FOUND = "SELECT * FROM found_members WHERE platform = $platform AND account_id = $account_id"
_CLEARED_OF = """
SELECT count(*) AS cleared FROM found_members SEMI JOIN cleared USING (platform, account_id)
WHERE network_id = $network_id
"""
_SYNCHRONOUS = """
SELECT group_id, count(DISTINCT (behaviour, object, second_us)) AS moments
FROM synchronous WHERE platform = $platform AND account_id = $account_id
GROUP BY group_id ORDER BY group_id
"""
# Findings tell accounts by their id alone: of an id that several platforms have, nothing is said.
_SIGNS_OF_LOG = """
SELECT sign, statement, numbers FROM findings
WHERE network_id IS NULL AND gauge = 'authenticity' AND applies AND list_contains(account_ids, $account_id)
    AND (SELECT count(DISTINCT platform) FROM accounts WHERE account_id = $account_id AND platform <> $platform) = 0
ORDER BY sign, statement
"""
_POSTS = """
SELECT count(*) AS posts, min(time_us) AS first_us, max(time_us) AS last_us
FROM posts WHERE platform = $platform AND account_id = $account_id
"""
_OF_ACCOUNT = """
(platform_a = $platform AND account_a = $account_id) OR (platform_b = $platform AND account_b = $account_id)
"""
_OF_NETWORK = "network_id = $network_id"
_EDGES = """
WITH described AS (
    SELECT platform, account_id, max(username) AS username FROM accounts GROUP BY platform, account_id
)
SELECT edges.*, a.username AS username_a, b.username AS username_b
FROM edges
LEFT JOIN described a ON a.platform = platform_a AND a.account_id = account_a
LEFT JOIN described b ON b.platform = platform_b AND b.account_id = account_b
WHERE {which}
ORDER BY log10_e DESC, platform_a, account_a, platform_b, account_b
LIMIT $edges_shown
"""
_EDGES_IN_ALL = "SELECT count(*) AS edges_in_all FROM edges WHERE {which}"
_CO_ACTIONS = """
WITH chosen AS (
    SELECT platform_a, account_a, platform_b, account_b FROM edges WHERE {which}
    ORDER BY log10_e DESC, platform_a, account_a, platform_b, account_b
    LIMIT $edges_shown
),
ranked AS (
    SELECT co_actions.*, count(*) OVER edge AS total, row_number() OVER (
        edge ORDER BY surprisal DESC, time_a_us, behaviour, object, post_a, post_b
    ) AS place
    FROM co_actions SEMI JOIN chosen USING (platform_a, account_a, platform_b, account_b)
    WINDOW edge AS (PARTITION BY platform_a, account_a, platform_b, account_b)
)
SELECT c.*, a.text AS text_a, b.text AS text_b
FROM ranked c
LEFT JOIN posts a ON a.platform = c.platform_a AND a.account_id = c.account_a AND a.post_id = c.post_a
LEFT JOIN posts b ON b.platform = c.platform_b AND b.account_id = c.account_b AND b.post_id = c.post_b
WHERE place <= $co_actions_shown
ORDER BY c.place
"""
_MEMBERS = """
SELECT * FROM members WHERE network_id = $network_id
ORDER BY named DESC, log10_e DESC, platform, account_id
"""
_NETWORK_ROW = "SELECT * FROM networks WHERE network_id = $network_id"
_LADDER = "SELECT * FROM ladder WHERE network_id = $network_id ORDER BY rung"
_FINDINGS = """
SELECT * FROM findings WHERE network_id = $network_id ORDER BY gauge, applies DESC, sign, statement
"""


@dataclass(frozen=True)
class Explanation:
    """The evidence: `data` holds all of it, `str()` the strongest of it in words."""

    data: dict[str, Any]

    def __str__(self) -> str:
        # The one door to the terminal: no line gets there but through `terminal_safe`.
        return "\n".join(terminal_safe(line) for line in _text(self.data))

    __repr__ = __str__


def explain(case: Case, who: str, *, whole: bool = False) -> Explanation:
    """The evidence on `who`: an account by id, username or platform:id, or "network 3", or 3.

    `whole` reads every edge and every co-action instead of the strongest.
    Raises SynclineError if the case knows nobody of that name, or several.
    """
    network, account = resolve(case, who)
    if network is not None:
        return Explanation(_about_network(case, network, whole))
    assert account is not None
    return Explanation(_about_account(case, account, whole))


def resolve(case: Case, who: str) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """The network's row, or the account's, that `who` stands for.

    Raises SynclineError if the case knows nobody of that name, or several.
    """
    asked = who.strip()
    network_id = _network_asked(asked)
    networks = case.rows(_NETWORK_ROW, {"network_id": network_id}) if network_id is not None else []
    accounts = _accounts_asked(case, asked)
    if _NETWORK.fullmatch(asked):
        accounts = []
    if len(networks) + len(accounts) > 1:
        raise SynclineError(_ambiguous(asked, networks, accounts))
    if networks:
        return networks[0], None
    if accounts:
        return None, accounts[0]
    if case.rows(_CLEARED_OF, {"network_id": network_id})[0]["cleared"]:
        raise SynclineError(
            f"{case.path}: {terminal_safe(asked)!r} is no network any more, since an analyst cleared accounts of it."
        )
    raise SynclineError(
        f"{case.path}: knows no account or network {terminal_safe(asked)!r}; give an id, a username, "
        "platform:id or, as in the report, 'network 3'."
    )


def _network_asked(asked: str) -> int | None:
    match = _NETWORK.fullmatch(asked)
    digits = match.group(1) if match else asked
    # Longer numbers are account ids, and no 64-bit integer.
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 18 else None


def _accounts_asked(case: Case, asked: str) -> list[dict[str, Any]]:
    return case.rows(_ACCOUNTS, {"who": asked, "handle": asked.removeprefix("@")})


def _ambiguous(asked: str, networks: list[dict[str, Any]], accounts: list[dict[str, Any]]) -> str:
    choices = [f"network {row['network_id']}" for row in networks]
    choices += [terminal_safe(f"{row['platform']}:{row['account_id']}") for row in accounts]
    return f"{terminal_safe(asked)!r} may be {words.listing(choices[:10], 'or')}; say which."


def _about_account(case: Case, account: dict[str, Any], whole: bool) -> dict[str, Any]:
    key = {"platform": account["platform"], "account_id": account["account_id"]}
    members = case.rows(_MEMBER, key)
    return {
        "kind": "account",
        "account": account | case.rows(_POSTS, key)[0],
        "member": members[0] if members else None,
        "lost": _lost(case, key) if not members else None,
        "synchronous": case.rows(_SYNCHRONOUS, key),
        "signs_of_log": case.rows(_SIGNS_OF_LOG, key),
        **_network_facts(case, members[0]["network_id"] if members else None),
        **_edges(case, _OF_ACCOUNT, key, whole),
        **_common(case),
    }


def _lost(case: Case, key: dict[str, Any]) -> str | None:
    """Why an account that the scan found in a network is in none now; None where it found it in none."""
    cleared = case.notes.of_accounts("cleared")
    if (key["platform"], key["account_id"]) in case.notes.cleared:
        note = cleared[f"{key['platform']}:{key['account_id']}"]
        said = f": {note.text}" if note.text else ""
        return f"an analyst cleared it ({note.by}, {note.when:%Y-%m-%d %H:%M} UTC{said})"
    if case.rows(_MEMBER_FOUND, key):
        return "an analyst cleared the accounts that tied it to one"
    return None


def _about_network(case: Case, network: dict[str, Any], whole: bool) -> dict[str, Any]:
    asked = {"network_id": network["network_id"]}
    return {
        "kind": "network",
        **_network_facts(case, network["network_id"]),
        "members": case.rows(_MEMBERS, asked),
        **_edges(case, _OF_NETWORK, asked, whole),
        **_common(case),
    }


def _network_facts(case: Case, network_id: int | None) -> dict[str, Any]:
    asked = {"network_id": network_id}
    networks = case.rows(_NETWORK_ROW, asked)
    return {
        "network": networks[0] if networks else None,
        **case.rows(_CLEARED_OF, asked)[0],
        "ladder": case.rows(_LADDER, asked),
        "findings": case.rows(_FINDINGS, asked),
    }


def _edges(case: Case, which: str, asked: dict[str, Any], whole: bool) -> dict[str, Any]:
    """The strongest edges, each with the posts behind it, and how many there are in all."""
    edges_shown = {"edges_shown": _EVERYTHING if whole else _EDGES_SHOWN}
    co_actions_shown = {"co_actions_shown": _EVERYTHING if whole else _CO_ACTIONS_SHOWN}
    edges = case.rows(_EDGES.format(which=which), asked | edges_shown)
    behind: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in case.rows(_CO_ACTIONS.format(which=which), asked | edges_shown | co_actions_shown):
        pair = tuple(row.pop(end) for end in _ENDS)
        behind.setdefault(pair, []).append(row)
    for edge in edges:
        co_actions = behind.get(tuple(edge[end] for end in _ENDS), [])
        edge["co_actions_in_all"] = co_actions[0]["total"] if co_actions else 0
        edge["co_actions"] = [_without(row, "total", "place") for row in co_actions]
    return {"edges": edges, **case.rows(_EDGES_IN_ALL.format(which=which), asked)[0]}


def _without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def _common(case: Case) -> dict[str, Any]:
    return {
        "resolution_us": case.run.get("resolution_us") or 1,
        "pairs_tested": case.run.get("pairs_tested"),
        "does_not_say": list(_SAYS_NOT),
    }


def _text(data: dict[str, Any]) -> Iterator[str]:
    if data["kind"] == "account":
        yield from _account_lines(data)
    else:
        yield from _network_lines(data)
    yield from _edge_lines(data)
    yield from _ladder_lines(data["ladder"])
    yield from _finding_lines(data["findings"])
    yield from _sign_of_log_lines(data.get("signs_of_log", []))
    yield ""
    yield "What this does not say"
    yield from (f"  {sentence}" for sentence in data["does_not_say"])


def _account_lines(data: dict[str, Any]) -> Iterator[str]:
    account, member = data["account"], data["member"]
    yield _who(account["platform"], account["account_id"], account["username"], account["display_name"])
    yield _standing(data["network"], member, data["lost"], data["pairs_tested"])
    if member is not None:
        yield f"Reason: {member['reason'].removeprefix('not ').removeprefix('named: ')}"
    for group in data["synchronous"]:
        yield (
            f"In {words.plural(group['moments'], 'moment')} of group {group['group_id']}, which came to popular things "
            "in the same second each time. That names nobody."
        )
    if account["posts"]:
        when = words.date_range(account["first_us"], account["last_us"])
        yield f"{words.plural(account['posts'], 'post')} in this log, {when} (UTC)."
    if account["created_us"] is not None:
        yield f"Account created on {words.date(account['created_us'])}."
    if data["network"] is not None:
        yield _network_line(data["network"])
        yield from _cleared_line(data["cleared"])


def _standing(
    network: dict[str, Any] | None, member: dict[str, Any] | None, lost: str | None, pairs_tested: int | None
) -> str:
    if member is None and lost is not None:
        return f"Not named, and in no network: {lost}."
    if member is None and pairs_tested == 0:
        return "Not named, and in no network: no pair of accounts was tested at all."
    if member is None:
        return (
            "Not named, and in no network: no pair of accounts with this one in it passed the error control."
        )
    place = f"{network['kind'] if network else 'network'} {member['network_id']}"
    if member["named"]:
        return f"Named, in {place}: its own evidence passes with two members at least."
    return f"Not named. A member of {place} only."


def _network_lines(data: dict[str, Any]) -> Iterator[str]:
    yield _network_line(data["network"])
    yield from _cleared_line(data["cleared"])
    named = [row for row in data["members"] if row["named"]]
    others = [row for row in data["members"] if not row["named"]]
    yield from _member_lines("Named, each by evidence of its own", named)
    yield from _member_lines("Members only, not named", others)


def _network_line(network: dict[str, Any]) -> str:
    size, named = words.plural(network["size"], "account"), words.number(network["named"])
    return (
        f"{network['kind'].capitalize()} {network['network_id']}: {size}, {named} named, "
        f"{words.plural(network['edges'], 'link')} {_by_and_when(network)}; median evidence "
        f"{words.log10(network['log10_e'])} (log10 e); even and odd days: {network['confirmed']}."
    )


def _cleared_line(cleared: int) -> Iterator[str]:
    if cleared:
        yield (
            f"Without {words.plural(cleared, 'account')} of it that an analyst cleared. Even and odd days and the "
            "explanations that were tried were measured before clearing, with all its accounts."
        )


def _by_and_when(row: dict[str, Any]) -> str:
    return (
        f"by {words.behaviours(row['behaviours'] or [])} on {words.plural(row['days'], 'day')} "
        f"{words.date_range(row['first_us'], row['last_us'])} (UTC)"
    )


def _member_lines(title: str, members: list[dict[str, Any]]) -> Iterator[str]:
    if not members:
        return
    yield ""
    yield f"{title} ({words.number(len(members))})"
    for row in members[:_MEMBERS_SHOWN]:
        yield f"  {_who(row['platform'], row['account_id'], row['username'])}: {row['reason']}"
    yield from _more(len(members) - _MEMBERS_SHOWN, "account", "  ")


def _edge_lines(data: dict[str, Any]) -> Iterator[str]:
    if not data["edges"]:
        return
    shown = data["edges"][:_EDGES_SHOWN]
    in_all = data["edges_in_all"]
    yield ""
    yield f"Evidence: {words.plural(in_all, 'link')}, strongest first"
    for number, edge in enumerate(shown, start=1):
        yield ""
        yield from _one_edge(number, edge, data)
    yield from _more(in_all - len(shown), "link", "")


def _one_edge(number: int, edge: dict[str, Any], data: dict[str, Any]) -> Iterator[str]:
    ends = (
        _who(edge["platform_a"], edge["account_a"], edge["username_a"]),
        _who(edge["platform_b"], edge["account_b"], edge["username_b"]),
    )
    log10_e, chance = edge["log10_e"], edge["log10_e_chance"]
    bound, chance_bound = _p_bound(edge["log10_p_bound"]), _p_bound(edge["log10_p_bound_chance"])
    yield f"{number}. {ends[0]}  and  {ends[1]}"
    yield (
        f"   {words.plural(edge['objects'], 'object')} in common, {_by_and_when(edge)}; "
        f"strongest within {words.within(edge['window_s'])}."
    )
    yield (
        f"   Evidence {words.log10(log10_e)} (log10 e): two accounts that choose what the others choose that "
        f"day, independently, show as much with a probability of at most {words.one_in(log10_e)}."
    )
    yield (
        f"   Against chance alone: {words.log10(chance)} (log10 e). Bound on p, best behaviour and window: "
        f"{bound} against the others' choices, {chance_bound} against chance."
    )
    if edge["network_id"] is None:
        yield "   In no network: the two are not in the same one, so that it names neither."
    shown = edge["co_actions"][:_CO_ACTIONS_SHOWN]
    for co_action in shown:
        yield from _one_co_action(co_action, ends, data["resolution_us"])
    yield from _more(edge["co_actions_in_all"] - len(shown), "co-action", "   ")


def _one_co_action(row: dict[str, Any], ends: tuple[str, str], resolution_us: int) -> Iterator[str]:
    """The two posts one under the other, the earlier first.

    In columns, a right-to-left text would swap the two in terminals that reorder lines.
    """
    posts = [
        (row[f"time_{end}_us"], ends["ab".index(end)], row[f"post_{end}"], row[f"text_{end}"]) for end in "ab"
    ]
    posts.sort(key=lambda post: post[0])
    noun = words.BEHAVIOUR_NOUNS.get(row["behaviour"], row["behaviour"])
    yield f"   - {noun}: {_cut(row['object'])}"
    for place, (time_us, who, post_id, text) in enumerate(posts):
        later = f"  ({words.lag(abs(row['lag_us']), resolution_us)})" if place else ""
        yield f"     {words.time(time_us, resolution_us)}  {who}  post {post_id}{later}"
        yield f"       {_cut(text) if text else '(no text in the log)'}"
    said = words.odds(
        row["behaviour"],
        row["object_accounts"],
        row["active_accounts"],
        row["window_s"],
        row["expected_accounts"],
    )
    yield f"     {said}."


def _ladder_lines(ladder: list[dict[str, Any]]) -> Iterator[str]:
    if not ladder:
        return
    yield ""
    yield "Explanations that were tried, and what they leave of the network's evidence"
    for rung in ladder:
        left, log10_e = words.number(rung["edges"]), rung["log10_e"]
        median = "none" if log10_e is None else words.log10(log10_e)
        yield (
            f"  {rung['explanation']}: {left} of {words.plural(rung['of'], 'link')} left, "
            f"median evidence {median} (log10 e)"
        )


def _finding_lines(findings: list[dict[str, Any]]) -> Iterator[str]:
    explanations = [row for row in findings if row["gauge"] == "explanation"]
    signs_found = [row for row in findings if row["gauge"] == "authenticity"]
    others = [row for row in findings if row["gauge"] not in ("explanation", "authenticity")]
    if explanations:
        yield ""
        yield "Innocent explanations"
        for row in explanations:
            yield f"  {words.APPLIES[row['applies']]}: {row['statement']}"
    if signs_found:
        yield ""
        yield "What the accounts themselves show"
        yield from (f"  {line}" for line in signs.lines(signs_found))
    if others:
        yield ""
        yield "What else was seen"
        for row in others:
            yield f"  {row['gauge']}: {row['statement']}"


def _sign_of_log_lines(rows: list[dict[str, Any]]) -> Iterator[str]:
    if not rows:
        return
    yield ""
    yield "What accounts of the whole log show, this one among them"
    for row in rows:
        yield f"  {row['statement']}"
        yield f"  Innocent readings: {json.loads(row['numbers'])['innocent']}."


def _who(platform: str, account_id: str, username: str | None, display_name: str | None = None) -> str:
    handle = words.account(platform, account_id, username)
    return f"{handle} “{display_name}”" if display_name else handle


def _p_bound(log10_p: float | None) -> str:
    if log10_p is None:
        return "none"
    return "1" if log10_p >= 0 else words.one_in(-log10_p)


def _cut(text: str) -> str:
    return text if len(text) <= _TEXT_SHOWN else text[:_TEXT_SHOWN] + "…"


def _more(count: int, noun: str, indent: str) -> Iterator[str]:
    if count > 0:
        yield f"{indent}{words.more_in_json(count, noun)}"
