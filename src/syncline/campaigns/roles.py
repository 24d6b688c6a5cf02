"""Roles: who writes, who boosts, who addresses; who moves first, who joins parts, who posts like a clock."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from scipy.special import bdtrc, betaincinv

from syncline.engines.duckdb import DuckDBEngine
from syncline.schema import ROLES

_ROLES = {"wrote": "author", "boosted": "booster", "addressed": "replier"}
# Directed posts from which a role is read; with fewer, it is read from all of the account's posts.
_DIRECTED_MIN = 5
# Two-sided error of every interval.
_ERROR = 0.05
# A directive's followers, below which it has no first quarter worth the name.
_FOLLOWERS_MIN = 4
_FIRST_SHARE = 0.25
# Accounts on each side of an account that alone joins them.
_PART_MIN = 3
# Posts and intervals below which a rhythm says nothing, and the level at which it does, over all members.
_RHYTHM_MIN = 30
_RHYTHM_ERROR = 0.001
# Share of equal intervals that is a rhythm, where it is also more than 99% of the crowd have.
_GAP_SHARE = 0.2


def find_roles(engine: DuckDBEngine, resolution_us: int) -> None:
    """Make `roles` (see `syncline.schema`) from `uptake` and the posts, and fill `members.role`.

    A role stands where the lower end of its share's interval (Jeffreys; Brown, Cai & DasGupta 2001) is above one
    half; where none does, the role is mixed.
    """
    engine.run("campaigns/role_posts.sql")
    engine.run("campaigns/movers.sql", followers_min=_FOLLOWERS_MIN)
    _find_cadence(engine, resolution_us)
    behaviour, joined, rhythm = _behaviour(engine), _joined(engine), _rhythms(engine)
    rows = engine.fetch(
        """
        SELECT p.account, p.network_id, p.platform, p.account_id, n.username, m.directives, m.firsts, m.median_delay_us
        FROM campaign_people AS p
        LEFT JOIN campaign_names_shown AS n ON n.platform = p.platform AND n.account_id = p.account_id
        LEFT JOIN campaign_movers AS m ON m.account = p.account
        WHERE p.network_id IS NOT NULL
        ORDER BY p.network_id, p.account
        """
    ).to_pylist()
    for row in rows:
        account = row.pop("account")
        row |= behaviour[account] | _first(row["firsts"] or 0, row["directives"] or 0)
        row |= {"joins": joined.get(account, 0), "cadence": rhythm.get(account)}
    engine.put("roles", pa.Table.from_pylist(rows, schema=ROLES))
    engine.run("campaigns/members_with_roles.sql")


def interval(count: int, of: int) -> tuple[float, float]:
    """The Jeffreys interval of a share, at 95%."""
    low = float(betaincinv(count + 0.5, of - count + 0.5, _ERROR / 2)) if count else 0.0
    high = float(betaincinv(count + 0.5, of - count + 0.5, 1 - _ERROR / 2)) if count < of else 1.0
    return low, high


def role_of(counts: dict[str, int]) -> dict[str, Any]:
    """The role that counts of posts `wrote`, `boosted` and `addressed` show, with its share and interval."""
    total = sum(counts.values())
    most = max(counts, key=lambda name: counts[name])
    low, high = interval(counts[most], total) if total else (0.0, 1.0)
    share = counts[most] / total if total else None
    return {
        "role": _ROLES[most] if low > 0.5 else "mixed",
        "share": share,
        "share_low": low,
        "share_high": high,
    }


def _behaviour(engine: DuckDBEngine) -> dict[int, dict[str, Any]]:
    """Role and counts by account: from directed posts where there are enough, or from all."""
    directed: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_ROLES, 0))
    every: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_ROLES, 0))
    for row in engine.fetch("SELECT * FROM campaign_role_posts").to_pylist():
        for name in _ROLES:
            every[row["account"]][name] += row[name]
            directed[row["account"]][name] += row[name] if row["directed"] else 0
    found = {}
    for account, counts in every.items():
        enough = sum(directed[account].values()) >= _DIRECTED_MIN
        basis = directed[account] if enough else counts
        found[account] = role_of(basis) | basis | {"basis": "directives" if enough else "all posts"}
    return found


def _first(firsts: int, directives: int) -> dict[str, Any]:
    low, high = interval(firsts, directives) if directives else (0.0, 1.0)
    return {"firsts_low": low, "firsts_high": high, "first_mover": low > _FIRST_SHARE}


def _joined(engine: DuckDBEngine) -> dict[int, int]:
    """For each account that alone joins two parts of its network: how many accounts leave the largest without it."""
    edges = engine.fetch(
        """
        SELECT a.account AS account_a, b.account AS account_b
        FROM edges AS e
        JOIN campaign_people AS a ON a.platform = e.platform_a AND a.account_id = e.account_a
        JOIN campaign_people AS b ON b.platform = e.platform_b AND b.account_id = e.account_b
        WHERE a.network_id = b.network_id
        ORDER BY ALL
        """
    )
    return joining(edges.column("account_a").to_numpy(), edges.column("account_b").to_numpy())


def joining(ends_a: Any, ends_b: Any) -> dict[int, int]:
    """Accounts whose loss splits off `_PART_MIN` accounts or more, with how many (cut vertices; Tarjan 1972)."""
    neighbours: dict[int, list[int]] = defaultdict(list)
    for one, other in zip(ends_a.tolist(), ends_b.tolist(), strict=True):
        neighbours[one].append(other)
        neighbours[other].append(one)
    found: dict[int, int] = {}
    seen: set[int] = set()
    for account in sorted(neighbours):
        if account not in seen:
            parts = _parts_without_each(neighbours, account)
            seen |= parts.keys()
            apart = {
                one: sum(size for size in sorted(sizes)[:-1] if size >= _PART_MIN)
                for one, sizes in parts.items()
            }
            found |= {one: accounts for one, accounts in apart.items() if accounts}
    return found


def _parts_without_each(neighbours: Mapping[int, list[int]], start: int) -> dict[int, list[int]]:
    """For each account that hangs together with `start`: the sizes of the parts that are left without it.

    In a search into depth an account parts those behind one of its children from the rest, where none of them has a tie
    to an account that was found before it.
    """
    order, parent = _into_depth(neighbours, start)
    place = {account: number for number, account in enumerate(order)}
    # The earliest account that those behind an account have a tie to, and how many they are with it.
    earliest, behind = dict(place), dict.fromkeys(order, 1)
    parts: dict[int, list[int]] = {account: [] for account in order}
    for account in reversed(order):
        above = parent[account]
        ties = (place[one] for one in neighbours[account] if one != above)
        earliest[account] = min([earliest[account], *ties])
        if account != start:
            behind[above] += behind[account]
            earliest[above] = min(earliest[above], earliest[account])
            if earliest[account] >= place[above]:
                parts[above].append(behind[account])
    for sizes in parts.values():
        rest = len(order) - 1 - sum(sizes)
        sizes += [rest] if rest else []
    return parts


def _into_depth(neighbours: Mapping[int, list[int]], start: int) -> tuple[list[int], dict[int, int]]:
    """The accounts in the order in which a search into depth finds them, and from which each was found."""
    order, parent = [start], {start: start}
    path = [(start, iter(neighbours[start]))]
    while path:
        account, ties = path[-1]
        following = next((one for one in ties if one not in parent), None)
        if following is None:
            path.pop()
        else:
            parent[following] = account
            order.append(following)
            path.append((following, iter(neighbours[following])))
    return order, parent


def _find_cadence(engine: DuckDBEngine, resolution_us: int) -> None:
    """Make `campaign_cadence` of the members; of the crowd, where a member's intervals are to be held against it."""
    engine.drop("campaign_cadence")
    engine.run("campaigns/cadence.sql", crowd=0, rhythm_min=_RHYTHM_MIN, resolution_us=resolution_us)
    equal = f"SELECT count(*) FROM campaign_cadence WHERE gaps >= {_RHYTHM_MIN} AND gap_posts > {_GAP_SHARE} * gaps"
    if engine.row(equal)[0]:
        engine.run("campaigns/cadence.sql", crowd=1, rhythm_min=_RHYTHM_MIN, resolution_us=resolution_us)


def _rhythms(engine: DuckDBEngine) -> dict[int, str]:
    rows = engine.fetch("SELECT * FROM campaign_cadence ORDER BY account")
    column = {name: rows.column(name).to_numpy(zero_copy_only=False) for name in rows.column_names}
    members = ~np.isnan(column["network_id"].astype(np.float64))
    posts, gaps = column["posts"], column["gaps"]
    p_minute = 60 * bdtrc(column["minute_posts"] - 1, posts, 1 / 60)
    p_grid = 5 * bdtrc(column["grid_posts"] - 1, posts, 1 / 5)
    enough = members & (posts >= _RHYTHM_MIN)
    tests = 2 * max(int(enough.sum()), 1)
    by_clock = enough & (np.minimum(p_minute, p_grid) <= _RHYTHM_ERROR / tests)
    gap_share = column["gap_posts"] / np.maximum(gaps, 1)
    crowd = gap_share[column["outside"].astype(bool) & (gaps >= _RHYTHM_MIN)]
    usual = max(float(np.quantile(crowd, 0.99)) if crowd.size else 0.0, _GAP_SHARE)
    by_gap = members & (gaps >= _RHYTHM_MIN) & (gap_share > usual)
    found = {}
    for place in np.flatnonzero(by_clock | by_gap):
        signs = ["minute_of_hour"] * bool(by_clock[place]) + ["constant_gaps"] * bool(by_gap[place])
        found[int(column["account"][place])] = " ".join(signs)
    return found
