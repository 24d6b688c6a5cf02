"""How often each pair of candidates would meet by habit."""

import numpy as np
import pyarrow as pa

from syncline.arrays import as_table, numbers
from syncline.coaction.kernels.rows import ints
from syncline.coaction.kernels.windows import chunks
from syncline.engines.engine import Engine
from syncline.ordered import Ints, expand

_THETAS = ("least", "low", "mid", "high")


def candidate_rates(engine: Engine) -> None:
    """Make `candidate_rates` as coaction/candidate_rates.sql does, without a row for every pair and block."""
    wanted = engine.fetch(
        "SELECT DISTINCT s.behaviour, s.account_a, s.account_b FROM crowd_scores AS s"
        " JOIN crowd_candidates AS c ON c.account_a = s.account_a AND c.account_b = s.account_b ORDER BY ALL"
    )
    behaviour, a, b = (ints(wanted, name) for name in wanted.column_names)
    parts = [_NO_RATES]
    slots = engine.fetch("SELECT DISTINCT behaviour, window_us FROM account_rates ORDER BY ALL")
    for kind, window_us in zip(*(column.to_pylist() for column in slots.columns), strict=True):
        here = behaviour == kind
        parts.append(_rates(engine, kind, window_us, a[here], b[here]))
    engine.put("candidate_rates", pa.concat_tables(parts))


_NO_RATES = as_table(
    {
        "behaviour": np.zeros(0, np.uint8),
        "window_us": np.zeros(0, np.int64),
        "account_a": np.zeros(0, np.int32),
        "account_b": np.zeros(0, np.int32),
        **{f"rate_{theta}": np.zeros(0, np.float64) for theta in _THETAS},
    }
)


def _rates(engine: Engine, behaviour: int, window_us: int, a: Ints, b: Ints) -> pa.Table:
    """The rates of the pairs (a, b) that were ever active in one block."""
    rows = engine.fetch(
        f"""
        SELECT r.account::BIGINT * {1 << 32} + r.block AS account_in_block,
            r.* EXCLUDE (behaviour, window_us, account, block), s.* EXCLUDE (behaviour, window_us, block)
        FROM account_rates AS r
        JOIN block_rates AS s ON s.behaviour = r.behaviour AND s.window_us = r.window_us AND s.block = r.block
        WHERE r.behaviour = {behaviour} AND r.window_us = {window_us}
        ORDER BY account_in_block
        """
    )
    column = {name: numbers(rows[name]) for name in rows.column_names}
    known = column["account_in_block"]
    account, block = known >> 32, known & ((1 << 32) - 1)
    first, last = np.searchsorted(account, a, side="left"), np.searchsorted(account, a, side="right")
    totals = {theta: np.zeros(len(a)) for theta in _THETAS}
    together = np.zeros(len(a), np.int64)
    for start, stop in chunks(last - first):
        pair, one = expand(start, first[start:stop], last[start:stop])
        wanted = b[pair] << 32 | block[one]
        other = np.searchsorted(known, wanted)
        both = np.flatnonzero(np.append(known, -1)[other] == wanted)
        pair, one, other = pair[both], one[both], other[both]
        together += np.bincount(pair, minlength=len(a))
        acts = column["traces"][one] * column["traces"][other]
        base_one, base_other = column["base"][one], column["base"][other]
        for theta in _THETAS:
            unowned, owned = column[f"unowned_{theta}"][one], column[f"owned_{theta}"][one]
            extra = column[f"sum_{theta}"]
            rate = acts * (
                unowned + base_one * base_other * owned + base_one * extra[other] + base_other * extra[one]
            )
            totals[theta] += np.bincount(pair, rate, len(a))
    met = together > 0
    return as_table(
        {
            "behaviour": np.full(int(met.sum()), behaviour, np.uint8),
            "window_us": np.full(int(met.sum()), window_us),
            "account_a": a[met].astype(np.int32),
            "account_b": b[met].astype(np.int32),
            **{f"rate_{theta}": totals[theta][met] for theta in _THETAS},
        }
    )
