"""Impact: whether anybody outside a network listened to it. Breakout 1 to 3; 4 to 6 need an analyst's link."""

import json
from typing import Any

from syncline import words
from syncline.engines.duckdb import DuckDBEngine

# Accounts from outside that make a community, or a platform, a reached one: one or two may be passers-by.
_REACHED_MIN = 3
# Share of the reposts whose author the log must give before it is asked who listened to whom.
_TOLD_MIN = 0.5

Row = dict[str, Any]


def find_impact(engine: DuckDBEngine) -> list[Row]:
    """Make `impact` (see `syncline.schema`), and say it in rows of `findings`."""
    engine.run("campaigns/engagement.sql")
    engine.run("campaigns/usual_engagement.sql", told_min=_TOLD_MIN)
    engine.run("campaigns/impact.sql", reached_min=_REACHED_MIN)
    rows = engine.fetch("SELECT * FROM impact ORDER BY network_id").to_pylist()
    return [finding for row in rows for finding in _findings(row)]


def _findings(row: Row) -> list[Row]:
    if row["breakout"] is None:
        return [
            _finding(
                row,
                "reach_unknown",
                False,
                "Reach cannot be told: the log does not say whose posts were reposted, quoted or answered.",
            )
        ]
    return [_reach(row), _concentration(row), _breakout(row)]


def limited(row: Row) -> bool:
    """Whether a network's reach is to be called limited.

    It is where its own accounts engaged more with its posts than all others together, or where its posts drew less
    from outside than the posts of the crowd draw, as far as the log has posts of both.
    """
    if not row["outside_acts"] or row["outside_acts"] < row["inside_acts"]:
        return True
    return None not in (row["rate"], row["usual_rate"]) and bool(row["rate"] < row["usual_rate"])


def _reach(row: Row) -> Row:
    if not row["posts"] and not row["outside_acts"]:
        said = "Its accounts wrote nothing of their own in this log, so there is nothing that others could engage with."
    elif not row["outside_acts"]:
        said = (
            f"Limited reach: nobody outside the network reposted, quoted or answered any of its "
            f"{words.plural(row['posts'], 'post')} in this log."
        )
    else:
        said = (
            f"{'Limited reach' if limited(row) else 'Reach beyond the network'}: "
            f"{words.plural(row['outside_accounts'], 'account')} outside reposted, quoted or answered its posts "
            f"{_times(row['outside_acts'])}, its own accounts {_times(row['inside_acts'])}. {_drawn(row)}"
        )
    return _finding(row, "reach", not limited(row), said)


def _drawn(row: Row) -> str:
    """What a post of the network drew, beside one of everybody else."""
    if not row["posts"]:
        return "The posts themselves are not in this log, so what each of them drew is not known."
    said = f"{_each(row['posts'])} drew {words.number(row['rate'])} from outside"
    usual = row["usual_rate"]
    return f"{said}." if usual is None else f"{said}; a post of everybody else draws {words.number(usual)}."


def _concentration(row: Row) -> Row:
    if not row["outside_acts"]:
        said = "There is no engagement from outside that could be concentrated."
    else:
        one = f"one account holds {words.percent(row['top_account_share'])}"
        said = (
            f"{_top(row['outside_posts'])} {words.percent(row['top_posts_share'])} of the engagement from outside, and "
            f"{one}."
            if row["outside_posts"]
            else f"Of the engagement from outside, {one}; which posts it was with is not known."
        )
    return _finding(row, "concentration", (row["top_posts_share"] or 0) >= 0.5, said)


def _breakout(row: Row) -> Row:
    said = (
        f"Breakout category {row['breakout']} of 6: {words.plural(_REACHED_MIN, 'account')} or more from outside "
        f"engaged in {words.plural(row['communities'], 'community', 'communities')} of taste, on "
        f"{words.plural(row['platforms'], 'platform')}. Categories 4 to 6 (news media, public figures, policy or "
        "violence) cannot be seen in a log of posts."
    )
    return _finding(row, "breakout", row["breakout"] > 1, said)


def _each(posts: int) -> str:
    return f"Each of its {words.number(posts)} posts" if posts > 1 else "Its one post"


def _top(posts: int) -> str:
    """The five posts that drew most, or those that drew anything."""
    if posts >= 5:
        return "Five of its posts hold"
    return (
        f"The {words.number(posts)} of its posts that drew any hold"
        if posts > 1
        else "One of its posts holds"
    )


def _times(count: int) -> str:
    return "never" if not count else f"{words.plural(count, 'time')}"


def _finding(row: Row, sign: str, applies: bool, statement: str) -> Row:
    return {
        "network_id": row["network_id"],
        "gauge": "impact",
        "sign": sign,
        "applies": applies,
        "statement": statement,
        "numbers": json.dumps(
            {name: value for name, value in row.items() if name not in ("network_id", "post_ids")}
        ),
        "account_ids": [],
        "post_ids": row["post_ids"] if sign != "breakout" else [],
    }
