"""Creation batches: accounts of a group that were made together.

After Bellutta and Carley (2023) and Elmas et al. (2021), who found operations by bursts of account creation;
the statistic is in `creation_scan`.
"""

from typing import Any

import numpy as np
import pyarrow as pa

from syncline import words
from syncline.accounts.creation_scan import DAY_US, Batch, Ints, find_batches, most_within
from syncline.accounts.findings import Candidate, ErrorControl, SignTest
from syncline.accounts.groups import FEWEST_MEMBERS, Group
from syncline.sources.settle import RESOLUTIONS_US, RESOLVED_SHARE

SIGN = "creation_batch"
INNOCENT = (
    "a wave of sign-ups after news or an event, a class or an organisation that signed up together, "
    "people who moved from another platform"
)

# From this share of times at midnight sharp on, midnight means that only the date is known.
_DATES_SHARE = 0.05
# Fewer comparable accounts around a batch than this cannot rule out a wave of sign-ups.
_FEW_AROUND = 20
_BARS = 120
_DRAWS = 999  # of comparable accounts, for their 99th percentile


def look(group: Group, control: ErrorControl) -> SignTest:
    """Look for creation batches in `group`."""
    times, known = _creation_times(group.members)
    others, _ = _creation_times(group.others)
    numbers: dict[str, Any] = {"of": int(times.size), "comparison": group.comparison.as_dict()}
    why = group.cannot_compare(times.size, others.size, "creation times")
    if why and not (group.alone and times.size >= FEWEST_MEMBERS):
        return SignTest(group.network_id, SIGN, [], why, numbers, sufficient=False)
    resolution = resolution_us(np.concatenate([times, others]))
    times, others = times - times % resolution, others - others % resolution
    rng = control.random(SIGN, group.network_id)
    batches, p_next = find_batches(times, others, resolution, control.level, control.draws, rng)
    numbers |= {"resolution_us": resolution, "histogram": _histogram(times, others), "innocent": INNOCENT}
    ids = np.asarray(group.members.column("account_id").to_pylist(), dtype=object)[known]
    candidates = []
    for batch in batches:
        most = most_within(others, batch.scale_us, times.size, _DRAWS, rng) if others.size else None
        # What comparable accounts reach somewhere in time is not called a batch, however rare it is here.
        if most is None or batch.accounts.size > most:
            statement = _statement(batch, most, times.size, others.size, resolution, group.size)
            candidates.append(_candidate(batch, statement, most, times.size, ids))
    return SignTest(
        group.network_id,
        SIGN,
        candidates,
        _nothing(times.size, others.size, resolution, group.size),
        {**numbers, "p_next": p_next},
    )


def resolution_us(times: Ints) -> int:
    """How fine creation times are, microseconds: a day as soon as many lie at midnight sharp."""
    if np.mean(times % DAY_US == 0) >= _DATES_SHARE:
        return DAY_US
    return next(unit for unit in RESOLUTIONS_US if np.mean(times % unit == 0) >= RESOLVED_SHARE)


def _creation_times(accounts: pa.Table) -> tuple[Ints, Ints]:
    """The known creation times, and the rows that they are of."""
    column = accounts.column("created_us")
    known = np.flatnonzero(column.is_valid().to_numpy())
    return column.drop_null().to_numpy().astype(np.int64), known


def _candidate(batch: Batch, statement: str, most: int | None, of: int, ids: Any) -> Candidate:
    numbers = {
        "accounts": int(batch.accounts.size),
        "of": of,
        "first_us": batch.first_us,
        "last_us": batch.last_us,
        "scale_us": batch.scale_us,
        "expected": round(batch.expected, 3),
        "others_99th_percentile": most,
        "others_around": batch.others_around,
    }
    return Candidate(batch.p, statement, numbers, ids[batch.accounts].tolist())


def _statement(batch: Batch, most: int | None, of: int, others: int, resolution: int, size: int) -> str:
    said = f"{_made(batch, of, resolution)}{_beside(batch, most, of, others)}."
    return " ".join([said, *_reservations(batch, others), *_on_times(of, size, resolution)])


def _made(batch: Batch, of: int, resolution: int) -> str:
    """ "119 of 744 accounts were made on 30 August 2017"."""
    count = int(batch.accounts.size)
    who = f"{words.number(count)} of {words.plural(of, 'account')} {words.verb(count, 'was', 'were')} made"
    when = words.date_range(batch.first_us, batch.last_us)
    if resolution >= DAY_US or batch.last_us - batch.first_us >= DAY_US:
        return f"{who} {when}"
    return f"{who} {within(batch.last_us - batch.first_us, resolution)} {when} (UTC)"


def within(span_us: int, resolution: int) -> str:
    """ "within 3 hours of one another", "in the same minute"."""
    if span_us < resolution:
        return words.lag(0, resolution)
    return f"within {words.duration(span_us)} of one another"


def _beside(batch: Batch, most: int | None, of: int, others: int) -> str:
    """What the comparable accounts do, or where there are none, the weeks around."""
    if most is None:
        return f", where {words.number(batch.expected)} would be expected from the weeks around it"
    drawn = "as many comparable accounts" if others >= of else words.plural(others, "comparable account")
    length = words.within(batch.scale_us / 1_000_000)
    return (
        f"; of {drawn}, at most {words.number(most)} {words.verb(most, 'is', 'are')} made within {length} "
        "in 99 of 100 draws"
    )


def _reservations(batch: Batch, others: int) -> list[str]:
    if batch.others_around >= _FEW_AROUND:
        return []
    wave = "so that a wave of sign-ups on the whole platform is not ruled out."
    if not others:
        return [f"Nobody else is there to compare with, {wave}"]
    few = words.number(batch.others_around) if batch.others_around else "none"
    were = "were" if batch.others_around > 1 else "was"
    return [f"Of the comparable accounts, {few} {were} made around that time, {wave}"]


def _on_times(of: int, size: int, resolution: int) -> list[str]:
    said = []
    if resolution >= DAY_US:
        said.append("Of creation times only the dates are known.")
    if of < size:
        said.append(f"Creation times are known for {words.number(of)} of {words.plural(size, 'account')}.")
    return said


def _nothing(of: int, others: int, resolution: int, size: int) -> str:
    beside = (
        f"those of {words.plural(others, 'comparable account')}" if others else "the weeks around explain"
    )
    said = (
        f"No batch: the creation times of {words.plural(of, 'account')} are no more bunched, from an hour to "
        f"a month, than {beside}."
    )
    return " ".join([said, *_on_times(of, size, resolution)])


def _histogram(times: Ints, others: Ints) -> dict[str, Any]:
    """Accounts made in each of at most 120 equal bins of whole days, of the group and of the others."""
    both = np.concatenate([times, others])
    start = int(both.min()) // DAY_US * DAY_US
    width = max(1, -(-(int(both.max()) - start + 1) // (DAY_US * _BARS))) * DAY_US
    bins = (int(both.max()) - start) // width + 1
    return {
        "start_us": start,
        "width_us": width,
        "accounts": np.bincount((times - start) // width, minlength=bins).tolist(),
        "others": np.bincount((others - start) // width, minlength=bins).tolist(),
    }
