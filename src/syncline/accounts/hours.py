"""Hours: a group that posts as an office works, and the offset from UTC at which its noon would be a noon.

An interval of offsets, never a place: an office at UTC+1 may be in Lagos, Paris or Tirana. The model is in
`office`.
"""

from collections import Counter
from typing import Any

import numpy as np
import pyarrow as pa

from syncline import words
from syncline.accounts.comparable import FEWEST, Ints
from syncline.accounts.findings import Candidate, ErrorControl, SignTest
from syncline.accounts.groups import Group
from syncline.accounts.office import BINS, Break, Fit, Floats, find_break, fit_office, office_share
from syncline.accounts.places import offsets, utc
from syncline.engines.duckdb import DuckDBEngine
from syncline.sources.settle import time_resolution_us

SIGN = "hours"
INNOCENT = (
    "people who post at work, a newsroom, an agency or a help desk, people who live and work elsewhere than they "
    "say (a diaspora)"
)

_FEWEST_POSTS, _FEWEST_ACCOUNTS = 200, 10
_FEWEST_EACH = 5  # posts, below which an account says nothing about its hours
_FEWEST_DAYS = 7
_SHOWN = 60
_HALF_HOUR_US = 1_800_000_000
_HOUR_US = 2 * _HALF_HOUR_US
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Week:
    """When in the week the accounts numbered `compared` post, and how often each half hour of it lies in the log."""

    def __init__(self, engine: DuckDBEngine, compared: Ints) -> None:
        engine.put("accounts_compared", pa.table({"account_number": np.unique(compared)}))
        engine.run("accounts/account_hours.sql")
        engine.drop("accounts_compared")
        counted = engine.fetch("SELECT * FROM account_hours ORDER BY account_number, half_hour")
        self._account = counted.column("account_number").to_numpy()
        self._half_hour = counted.column("half_hour").to_numpy()
        self._posts = counted.column("posts").to_numpy()
        self.resolution_us = time_resolution_us(engine.connection)
        first, last = engine.row("SELECT coalesce(min(time_us), 0), coalesce(max(time_us), -1) FROM posts")
        covered = np.arange(first // _HALF_HOUR_US, last // _HALF_HOUR_US + 1)
        self.days = covered.size / 48
        self.exposure: Floats = np.bincount((covered + 144) % BINS, minlength=BINS).astype(np.float64)

    def of(self, numbers: Ints) -> Floats:
        """Posts in the 336 half hours of the UTC week, a row for each account, Monday 00:00 first."""
        counts = np.zeros((numbers.size, BINS))
        for row, number in enumerate(numbers):
            begin, end = np.searchsorted(self._account, [number, number + 1])
            counts[row, self._half_hour[begin:end]] = self._posts[begin:end]
        return counts


def look(group: Group, control: ErrorControl, week: Week) -> SignTest:
    """Look for office hours in the posts of `group`."""
    members = week.of(group.members.column("account_number").to_numpy())
    others = week.of(group.others.column("account_number").to_numpy())
    kept = members.sum(axis=1) >= _FEWEST_EACH
    numbers = {
        "of": group.size,
        "comparison": group.comparison.as_dict(),
        "innocent": INNOCENT,
        "posts": int(members.sum()),
        "week": _by_hour(members),
        "week_of_others": _by_hour(others),
    }
    others = others[others.sum(axis=1) >= _FEWEST_EACH]
    why = _insufficient(week, members[kept], others)
    if why:
        return SignTest(group.network_id, SIGN, [], why, numbers, sufficient=False)
    rng = control.random(SIGN, group.network_id)
    fit = fit_office(members[kept], others, week.exposure, control.draws, rng)
    otherwise = (
        f"No office hours: {words.plural(int(members[kept].sum()), 'post')} by "
        f"{words.plural(int(kept.sum()), 'account')} do not keep to an office's days with a break at noon."
    )
    candidates = []
    noon = find_break(members[kept], fit, rng) if fit.gain > 0 else None
    # Without a break it may be a conference, or a shop that opens on weekdays: no more is said.
    if noon is not None:
        candidates.append(_candidate(group, fit, noon, members, np.flatnonzero(kept).tolist()))
    return SignTest(group.network_id, SIGN, candidates, otherwise, {**numbers, "gain": round(fit.gain, 1)})


def _insufficient(week: Week, members: Floats, others: Floats) -> str:
    if week.resolution_us > _HOUR_US:
        return "Insufficient data: of the times of posts only the dates are known."
    if week.days < _FEWEST_DAYS:
        covered = words.plural(round(week.days, 1), "day")
        return f"Insufficient data: the log covers {covered}, where a week is needed to see days of rest."
    posts, accounts = int(members.sum()), members.shape[0]
    if posts < _FEWEST_POSTS or accounts < _FEWEST_ACCOUNTS:
        return (
            f"Insufficient data: {words.plural(posts, 'post')} by {words.plural(accounts, 'account')} with "
            f"{_FEWEST_EACH} posts or more, where {_FEWEST_POSTS} by {_FEWEST_ACCOUNTS} are needed."
        )
    if others.shape[0] < FEWEST:
        count = words.plural(others.shape[0], "comparable account")
        return f"Insufficient data: {count} with {_FEWEST_EACH} posts or more, where {FEWEST} are needed."
    return ""


def _candidate(group: Group, fit: Fit, noon: Break, members: Floats, rows: list[int]) -> Candidate:
    posts = int(members[rows].sum())
    share = office_share(members[rows], fit)
    claims = _claims(group, rows, noon)
    statement = (
        f"{words.percent(round(share, 3))} of {words.plural(posts, 'post')} by "
        f"{words.plural(len(rows), 'account')} fall into 12 hours of the day{_on_days(fit)}, as in an office"
        f"{_at_noon(noon)}.{_claimed(claims)}"
    )
    numbers = {
        "office_share": round(share, 4),
        "offset_fitted": fit.offset,
        "days_off": list(fit.days_off),
        "offsets": [noon.first, noon.last],
        "break_utc_h": noon.middle,
        "break_depth": round(noon.depth, 3),
        "claims": claims,
    }
    return group.candidate(fit.p, statement, rows, group.size, numbers)


def _on_days(fit: Fit) -> str:
    working = [name for day, name in enumerate(_DAYS) if day not in fit.days_off]
    if not fit.days_off:
        return ""
    rest = words.listing([_DAYS[day] for day in fit.days_off])
    return f" on {words.number(len(working))} days of the week, not on {rest}"


def _at_noon(noon: Break) -> str:
    if noon.first == noon.last:
        return f", with a break that is at noon if the clock is {utc(noon.first)}"
    return f", with a break that is at noon if the clock is {utc(noon.first)} to {utc(noon.last)}"


def _claims(group: Group, rows: list[int], noon: Break) -> dict[str, Any]:
    """How many accounts give a place whose offset is known, how many of them one that the break does not fit."""
    locations = group.members.column("location").take(rows).to_pylist()
    known = [(location, offsets(location)) for location in locations if location]
    placed = [(location, given) for location, given in known if given is not None]
    outside = [
        (" ".join(location.split())[:_SHOWN], given)
        for location, given in placed
        if given[1] < noon.first or given[0] > noon.last
    ]
    most = Counter(outside).most_common(1)
    return {
        "known": len(placed),
        "outside": len(outside),
        "most": None
        if not most
        else {"location": most[0][0][0], "offsets": list(most[0][0][1]), "accounts": most[0][1]},
    }


def _claimed(claims: dict[str, Any]) -> str:
    most, outside = claims["most"], claims["outside"]
    if not most:
        return ""
    low, high = most["offsets"]
    clock = utc(low) if low == high else f"{utc(low)} to {utc(high)}"
    return (
        f" {words.number(outside)} of {words.plural(claims['known'], 'account')} that "
        f"{words.verb(claims['known'], 'gives', 'give')} a known place {words.verb(outside, 'gives', 'give')} one "
        f"with other hours, most often “{most['location']}” ({clock})."
    )


def _by_hour(counts: Floats) -> list[int]:
    """Posts in the 168 hours of the UTC week, for a figure."""
    return [int(posts) for posts in counts.sum(axis=0).reshape(-1, 2).sum(axis=1)]
