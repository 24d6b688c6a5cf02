"""Groups in the same second: when and where they were together, and who was there each time. Nobody is named."""

from typing import Any

from syncline import words
from syncline.case.contract import ReportCase
from syncline.report.evidence import NAME_CHARACTERS, POST_CHARACTERS

MAX_GROUPS = 20
MOMENTS_EACH = 12
ACCOUNTS_EACH = 300

_MOMENTS = """
WITH acts AS (SELECT * FROM synchronous WHERE group_id <= {groups})
SELECT s.group_id, s.behaviour, left(s.object, {characters}) AS object, s.second_us,
    count(*) AS members, any_value(s.accounts_in_second) AS in_second, any_value(s.accounts_in_hour) AS in_hour,
    min(s.log10_p) AS log10_p, left(min(p.text), {characters}) AS text
FROM acts AS s
LEFT JOIN posts AS p ON p.platform = s.platform AND p.post_id = s.post_id
GROUP BY s.group_id, s.behaviour, s.object, s.second_us
ORDER BY s.group_id, s.second_us, s.behaviour, s.object
"""
_ACCOUNTS = """
SELECT s.group_id, s.platform, s.account_id, left(max(a.username), {characters}) AS username,
    count(DISTINCT (s.behaviour, s.object, s.second_us)) AS moments, any_value(s.network_id) AS network
FROM synchronous AS s
LEFT JOIN accounts AS a ON a.platform = s.platform AND a.account_id = s.account_id
WHERE s.group_id <= {groups}
GROUP BY s.group_id, s.platform, s.account_id
ORDER BY s.group_id, moments DESC, s.platform, s.account_id
"""


def build(case: ReportCase, total: int, resolution_us: int) -> dict[str, Any]:
    """`groups`, the largest first, and `left_out`, what of the `total` is not in the file."""
    moments = _by_group(case, _MOMENTS.format(groups=MAX_GROUPS, characters=POST_CHARACTERS))
    accounts = _by_group(case, _ACCOUNTS.format(groups=MAX_GROUPS, characters=NAME_CHARACTERS))
    return {
        "groups": [_group(number, moments[number], accounts[number], resolution_us) for number in moments],
        "left_out": f"{words.number(MAX_GROUPS)} of {words.plural(total, 'group')} are in this file, the largest."
        if total > MAX_GROUPS
        else "",
    }


def _by_group(case: ReportCase, query: str) -> dict[int, list[dict[str, Any]]]:
    relation = case.sql(query)
    groups: dict[int, list[dict[str, Any]]] = {}
    for row in relation.fetchall():
        record = dict(zip(relation.columns, row, strict=True))
        groups.setdefault(record["group_id"], []).append(record)
    return groups


def _group(
    number: int, moments: list[dict[str, Any]], accounts: list[dict[str, Any]], resolution_us: int
) -> dict[str, Any]:
    return {
        "id": number,
        "summary": f"{words.plural(len(accounts), 'account')} in {words.plural(len(moments), 'moment')}, "
        f"{words.date_span(moments[0]['second_us'], moments[-1]['second_us'])}",
        "sentences": _sentences(moments, accounts),
        "moments": [_moment(moment, resolution_us) for moment in moments[:MOMENTS_EACH]],
        "more_moments": max(len(moments) - MOMENTS_EACH, 0),
        "accounts": [_account(account, len(moments)) for account in accounts[:ACCOUNTS_EACH]],
        "more_accounts": max(len(accounts) - ACCOUNTS_EACH, 0),
    }


def _sentences(moments: list[dict[str, Any]], accounts: list[dict[str, Any]]) -> list[str]:
    weakest = max(moment["log10_p"] for moment in moments)
    inside = sum(account["network"] is not None for account in accounts)
    return [
        "Each of these moments has the accounts of another: if any who came in the hour were as likely to come in the "
        f"second, so many in common would turn up with a probability of at most {words.one_in(-weakest)}.",
        f"{words.number(inside)} of them {words.verb(inside, 'is', 'are')} in a network above as well."
        if inside
        else "None of them is in a network above.",
    ]


def _moment(moment: dict[str, Any], resolution_us: int) -> dict[str, Any]:
    members, in_second = moment["members"], moment["in_second"]
    return {
        "time": words.time(moment["second_us"], max(resolution_us, 1_000_000)),
        "behaviour": words.BEHAVIOUR_NOUNS.get(moment["behaviour"], moment["behaviour"]),
        "object": moment["object"],
        "text": moment["text"] or "",
        "said": f"{words.number(in_second)} of the {words.plural(moment['in_hour'], 'account')} that came in the hour "
        f"came in this second; {words.number(members)} of them {words.verb(members, 'is', 'are')} of the group.",
    }


def _account(account: dict[str, Any], moments: int) -> dict[str, Any]:
    return {
        "name": account["username"] or account["account_id"],
        "platform": account["platform"],
        "id": account["account_id"],
        "said": f"in {words.number(account['moments'])} of {words.plural(moments, 'moment')}",
        "network": account["network"],
    }
