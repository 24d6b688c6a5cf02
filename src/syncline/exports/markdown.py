"""A case in Markdown, to go into a wiki, a ticket or a letter: what was found, what they did, what is not known."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from syncline import words
from syncline.accounts.findings import of_accounts_alone
from syncline.case import Case, as_left, clearing, unused
from syncline.case.outcome import in_the_same_second, placebo
from syncline.safety import terminal_safe
from syncline.whole_file import whole_file

_DIRECTIVES_EACH = 12
_ACCOUNTS_EACH = 20
_SIGN_ACCOUNTS = 50
_LINKS_EACH = 3
_CO_ACTIONS_EACH = 3
_OBJECT_CHARACTERS = 200
# What Markdown or HTML would read as markup, and what some viewers turn into links.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+!|~$&@])|(?<=\w)(:)(?=//)")
_KINDS = {
    "target": "replies to",
    "applause": "reposts of",
    "mention": "mentions of",
    "repost": "reposts of post",
}


def write(case: Case, out: Path) -> list[Path]:
    """Write the summary into the file `out`, whole or not at all."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(out) as unfinished:
        unfinished.write_text("\n".join(_lines(case)) + "\n", encoding="utf-8")
    return [out]


def markdown_safe(text: str) -> str:
    """`text` as one line in which nothing is markup."""
    return _MARKUP.sub(lambda match: "\\" + match.group(), terminal_safe(text))


def _lines(case: Case) -> Iterator[str]:
    run = as_left(case)
    yield from _accounts_alone(case) if of_accounts_alone(run) else _scan(run)
    yield from (line for sentence in clearing(run) for line in ("", sentence))
    for network in case.rows("SELECT * FROM networks ORDER BY kind, named DESC, size DESC, network_id", {}):
        yield from _network(case, network, run.get("resolution_us") or 1)
    if not of_accounts_alone(run):
        yield from _signs_of_log(case)
        yield from _not_used(case, run)
    yield from _notes(case)
    yield ""
    yield "## What this does not say"
    yield ""
    yield (
        "Coordination is not inauthenticity, inauthenticity is not harm, and none of them says who is behind an "
        "account."
    )
    yield ""
    yield "## Where it comes from"
    yield ""
    for source in run.get("inputs") or []:
        yield f"- {markdown_safe(str(source['path']))}, SHA-256 {markdown_safe(str(source.get('sha256', '')))}"


def _scan(run: dict[str, Any]) -> Iterator[str]:
    yield "# What acts together in this log"
    yield ""
    rows = run["rows"]
    yield (
        f"Syncline {markdown_safe(str(run.get('syncline', '')))} read {words.plural(rows['posts'], 'post')} by "
        f"{words.plural(rows['accounts'], 'account')}. Outcome: {markdown_safe(run['outcome'])}."
        + (f" {markdown_safe(run['outcome_why'])}" if run.get("outcome_why") else "")
    )
    if run["edges"]:
        alpha = words.percent(run["settings"]["alpha"])
        yield ""
        yield f"Of the links between accounts, at most {alpha} can be expected to be wrong."
    yield ""
    yield markdown_safe(placebo(run))
    for sentence in in_the_same_second(run):
        yield ""
        yield f"{sentence} Who was there each time is in synchronous.parquet."
    for note in unused.unseen(run) + list(run.get("notes") or []):
        yield ""
        yield markdown_safe(note)


def _accounts_alone(case: Case) -> Iterator[str]:
    run = case.run
    yield "# What the accounts of this list show"
    yield ""
    yield (
        f"Syncline {markdown_safe(str(run.get('syncline', '')))} read "
        f"{words.plural(run['rows']['accounts'], 'account')} without their posts. {markdown_safe(run['outcome_why'])}"
    )
    yield ""
    yield from _signs(case.rows(_SIGNS, {}))


def _signs_of_log(case: Case) -> Iterator[str]:
    """What the accounts of the whole log show, whoever acts together."""
    found = [row for row in case.rows(_SIGNS, {}) if row["applies"]]
    if not found:
        return
    yield ""
    yield "## What accounts of the whole log show"
    yield ""
    yield from _signs(found)


def _signs(rows: list[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield f"- {markdown_safe(row['statement'] or '')}"
        accounts = list(row["account_ids"]) if row["applies"] and row["account_ids"] is not None else []
        if accounts:
            left = len(accounts) - _SIGN_ACCOUNTS
            rest = f" and {words.number(left)} more, in findings.parquet" if left > 0 else ""
            listed = ", ".join(markdown_safe(one) for one in accounts[:_SIGN_ACCOUNTS])
            yield f"  Accounts: {listed}{rest}."


_SIGNS = """
SELECT statement, applies, account_ids FROM findings WHERE network_id IS NULL AND gauge = 'authenticity'
ORDER BY applies DESC, sign, statement
"""


def _not_used(case: Case, run: dict[str, Any]) -> Iterator[str]:
    yield ""
    yield "## What was not used, and why"
    yield ""
    for sentence in (
        unused.summary(run),
        *unused.behaviours(run),
        *unused.windows(run),
        *unused.skipped(run),
    ):
        yield f"- {markdown_safe(sentence)}"
    for row in case.rows("SELECT reason, count(*) AS rows FROM rejects GROUP BY reason ORDER BY ALL", {}):
        why = unused.REASONS.get(row["reason"], row["reason"].replace("_", " "))
        yield f"- {words.plural(row['rows'], 'row')}: {markdown_safe(why)}"


def _network(case: Case, network: dict[str, Any], resolution_us: int) -> Iterator[str]:
    asked = {"network_id": network["network_id"]}
    title = "Network" if network["kind"] == "network" else "Pair"
    yield ""
    yield f"## {title} {network['network_id']}"
    yield ""
    named = words.number(network["named"] or 0)
    confirmed = markdown_safe(network["confirmed"] or "not tested")
    yield (
        f"{words.plural(network['size'] or 0, 'account')}, {named} named, "
        f"{words.plural(network['edges'] or 0, 'link')}, active "
        f"{words.date_range(network['first_us'] or 0, network['last_us'] or 0)}; accounts that choose, independently, "
        "what the others choose that day show as much as the typical link with a probability of at most "
        f"{words.one_in(network['log10_e'] or 0.0)}; even and odd days: {confirmed}."
    )
    yield from _members(case, asked)
    yield from _evidence(case, asked, resolution_us)
    yield from _gauges(case, asked)
    yield from _directives(case, asked)
    yield from _addressed(case, asked)


def _members(case: Case, asked: dict[str, Any]) -> Iterator[str]:
    members = case.rows(
        "SELECT platform, account_id, username, named, reason FROM members WHERE network_id = $network_id"
        " ORDER BY log10_e DESC, platform, account_id",
        asked,
    )
    named = [row for row in members if row["named"]]
    if named:
        shown = ", ".join(_who(row) for row in named[:_ACCOUNTS_EACH])
        yield ""
        yield f"Named: {shown}{_and_more(named)}."
    others = [row for row in members if not row["named"]]
    if others:
        yield ""
        yield "Not named:"
        yield ""
        for row in others[:_ACCOUNTS_EACH]:
            yield f"- {_who(row)}: {markdown_safe((row['reason'] or '').removeprefix('not named: '))}"
        if len(others) > _ACCOUNTS_EACH:
            yield f"-{_and_more(others)}"


def _evidence(case: Case, asked: dict[str, Any], resolution_us: int) -> Iterator[str]:
    """The strongest links with the posts behind them, each by its id and the earlier first."""
    rows = case.rows(_STRONGEST, asked)
    if rows:
        yield ""
        yield "### The strongest links, and posts behind them"
        yield ""
    for row in rows:
        if row["first_of_link"]:
            yield (
                f"- {_end(row, 'a')} and {_end(row, 'b')}: {words.plural(row['objects'], 'object')} in common, "
                f"{words.plural(row['co_actions'], 'co-action')}; without coordination at most "
                f"{words.one_in(row['log10_e'])}"
            )
        done = words.BEHAVIOUR_NOUNS.get(row["behaviour"], row["behaviour"])
        first, second = sorted("ab", key=lambda end: (row[f"time_{end}_us"], end))
        yield (
            f"  - {done}: {markdown_safe(_cut(row['object']))}: {_post(row, first, resolution_us)}; "
            f"{_post(row, second, resolution_us)}, {words.lag(abs(row['lag_us']), resolution_us)}"
        )


_STRONGEST = f"""
WITH strongest AS (
    SELECT *, row_number() OVER (ORDER BY log10_e DESC, platform_a, account_a, platform_b, account_b) AS place
    FROM edges WHERE network_id = $network_id
    QUALIFY place <= {_LINKS_EACH}
),
ranked AS (
    SELECT s.place, s.log10_e, s.objects, c.*, count(*) OVER (PARTITION BY s.place) AS co_actions,
        row_number() OVER (
            PARTITION BY s.place ORDER BY c.surprisal DESC, c.time_a_us, c.behaviour, c.object, c.post_a, c.post_b
        ) AS rank
    FROM strongest AS s JOIN co_actions AS c USING (platform_a, account_a, platform_b, account_b)
)
SELECT r.*, r.rank = 1 AS first_of_link, a.username AS username_a, b.username AS username_b
FROM ranked AS r
LEFT JOIN members AS a ON a.platform = r.platform_a AND a.account_id = r.account_a
LEFT JOIN members AS b ON b.platform = r.platform_b AND b.account_id = r.account_b
WHERE r.rank <= {_CO_ACTIONS_EACH}
ORDER BY r.place, r.rank
"""


def _end(row: dict[str, Any], end: str) -> str:
    return _who({name: row[f"{column}_{end}"] for name, column in _END_COLUMNS.items()})


_END_COLUMNS = {"platform": "platform", "account_id": "account", "username": "username"}


def _post(row: dict[str, Any], end: str, resolution_us: int) -> str:
    name = markdown_safe(row[f"username_{end}"] or row[f"account_{end}"])
    return f"{name} at {words.time(row[f'time_{end}_us'], resolution_us)} in post {markdown_safe(row[f'post_{end}'])}"


def _cut(text: str) -> str:
    return text if len(text) <= _OBJECT_CHARACTERS else text[:_OBJECT_CHARACTERS] + "…"


def _and_more(rows: list[dict[str, Any]]) -> str:
    rest = len(rows) - _ACCOUNTS_EACH
    return f" and {words.number(rest)} more, in members.parquet" if rest > 0 else ""


def _gauges(case: Case, asked: dict[str, Any]) -> Iterator[str]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in case.rows(
        "SELECT gauge, applies, statement FROM findings WHERE network_id = $network_id"
        " ORDER BY gauge, applies DESC, sign, statement",
        asked,
    ):
        found[row["gauge"]].append(row)
    for gauge, rows in found.items():
        yield ""
        yield f"### {'Innocent explanations' if gauge == 'explanation' else gauge.capitalize()}"
        yield ""
        for row in rows:
            state = f"{words.APPLIES[row['applies']]}: " if gauge == "explanation" else ""
            yield f"- {state}{markdown_safe(row['statement'] or '')}"


def _directives(case: Case, asked: dict[str, Any]) -> Iterator[str]:
    rows = case.rows(
        f"SELECT * FROM directives WHERE network_id = $network_id AND leads ORDER BY log10_e DESC, directive_id"
        f" LIMIT {_DIRECTIVES_EACH}",
        asked,
    )
    if not rows:
        return
    yield ""
    yield "### Directives with most evidence"
    yield ""
    yield "| day | what | followed by | under the closest innocent explanation at most |"
    yield "|---|---|---|---|"
    for row in sorted(rows, key=lambda row: (row["day_us"] is None, row["day_us"] or 0)):
        day = words.date(row["day_us"]) if row["day_us"] is not None else "throughout"
        kind = _KINDS.get(row["kind"], row["kind"])
        yield (
            f"| {day} | {kind} {markdown_safe(row['label'] or '')} | {words.number(row['followers'])} of "
            f"{words.number(row['active'])} active | {words.one_in(row['log10_e'])} |"
        )


def _addressed(case: Case, asked: dict[str, Any]) -> Iterator[str]:
    targets = case.rows(
        "SELECT * FROM targets WHERE network_id = $network_id ORDER BY log10_e DESC, platform, account_id, episode",
        asked,
    )
    for title, rows in (
        ("Accounts addressed together", targets),
        ("Accounts lifted up", _lifted(case, asked)),
    ):
        if not rows:
            continue
        yield ""
        yield f"### {title}"
        yield ""
        for row in rows[:_ACCOUNTS_EACH]:
            yield (
                f"- {_who(row)}: {words.plural(row['posts'], 'post')} by {words.plural(row['members'], 'account')}, "
                f"{words.date_span(row['first_us'], row['last_us'])}"
            )
        if len(rows) > _ACCOUNTS_EACH:
            yield f"- and {words.number(len(rows) - _ACCOUNTS_EACH)} more in the case"


def _lifted(case: Case, asked: dict[str, Any]) -> list[dict[str, Any]]:
    return case.rows(
        "SELECT * FROM applause WHERE network_id = $network_id ORDER BY log10_e DESC, platform, account_id",
        asked,
    )


def _notes(case: Case) -> Iterator[str]:
    written = [note for note in case.notes.all if note.kind != "cleared"]
    if not written:
        return
    yield ""
    yield "## Notes by analysts"
    yield ""
    for note in written:
        yield f"- {markdown_safe(str(note))}"


def _who(row: dict[str, Any]) -> str:
    """By its handle and, as handles change hands, its id."""
    key = markdown_safe(f"{row['platform']}:{row['account_id']}")
    return f"{markdown_safe(row['username'])} ({key})" if row["username"] else key
