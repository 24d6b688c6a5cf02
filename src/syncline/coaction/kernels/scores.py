"""How surprising the meetings of each pair are together, against chance and against the crowd."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from syncline.arrays import as_table, numbers
from syncline.coaction.kernels.rows import PAIR, ints, unpacked
from syncline.engines.engine import Engine
from syncline.ordered import NONE, Ints, run_starts

Floats = npt.NDArray[np.float64]


def chance_scores(engine: Engine, windows_us: Sequence[int], actions_min: int) -> None:
    """Make `chance_scores`, all windows at once, as coaction/chance_scores.sql does one by one."""
    rows = engine.fetch(f"SELECT {PAIR} AS pair, object, lag_us FROM repeated_pairs")
    pair, object_, lag_us = (ints(rows, name) for name in ("pair", "object", "lag_us"))
    if np.any(pair[1:] < pair[:-1]):
        order = np.argsort(pair)
        pair, object_, lag_us = pair[order], object_[order], lag_us[order]
    usable = engine.fetch("SELECT object, window_us, surprisal FROM eligible WHERE usable")
    known, window, surprisal = (numbers(column) for column in usable.columns)
    parts = []
    for window_us in windows_us:
        weight = np.zeros(max(known.max(initial=0), object_.max(initial=0)) + 1)
        weight[known[window == window_us]] = surprisal[window == window_us]
        parts.append(_scores(pair, weight[object_] * (lag_us <= window_us), window_us, actions_min))
    engine.put("chance_scores", pa.concat_tables(parts))


def crowd_scores(engine: Engine, windows_us: Sequence[int], block_us: int, actions_min: int) -> None:
    """Make `crowd_scores`, all windows at once, as coaction/crowd_scores.sql does one by one."""
    met = _Meetings.of(engine, block_us)
    weights, places = _weights(engine, windows_us, met)
    post_starts = run_starts(met.pair, met.posts)
    pair = met.pair[post_starts]
    parts = []
    for window_us in windows_us:
        weight = weights[window_us][places] * (met.lag_us <= window_us)
        each = np.maximum.reduceat(weight, post_starts) if len(weight) else weight
        parts.append(_scores(pair, each, window_us, actions_min))
    engine.put("crowd_scores", pa.concat_tables(parts))


@dataclass(frozen=True)
class _Meetings:
    """Meetings within one block, those of a pair together, and among them those of two posts."""

    pair: Ints
    posts: Ints
    object_in_block: Ints
    lag_us: Ints

    @classmethod
    def of(cls, engine: Engine, block_us: int) -> "_Meetings":
        rows = engine.fetch(
            f"""
            SELECT {PAIR} AS pair,
                post_a * {1 << 32}::BIGINT + post_b AS posts,
                object * {1 << 32}::BIGINT + time_a_us // {block_us} AS object_in_block,
                abs(time_a_us - time_b_us) AS lag_us
            FROM judged_meetings
            WHERE time_a_us // {block_us} = time_b_us // {block_us}
            """
        )
        met = cls(*(ints(rows, name) for name in rows.column_names))
        # The engine mostly keeps them as coaction/suspect_meetings.sql has put them, but promises nothing.
        later, same = np.diff(met.pair), np.diff(met.posts)
        if np.all((later > 0) | ((later == 0) & (same >= 0))):
            return met
        order = np.lexsort((met.posts, met.pair))
        return cls(met.pair[order], met.posts[order], met.object_in_block[order], met.lag_us[order])


def _weights(engine: Engine, windows_us: Sequence[int], met: _Meetings) -> tuple[dict[int, Floats], Ints]:
    """The surprisal of each object in each block, by window, 0 where it says nothing, and each meeting's place."""
    rows = engine.fetch(
        f"SELECT object * {1 << 32}::BIGINT + block AS object_in_block, window_us, surprisal FROM crowd_surprisals"
    )
    window, surprisal = ints(rows, "window_us"), numbers(rows["surprisal"])
    known, place = np.unique(ints(rows, "object_in_block"), return_inverse=True)
    weights = {}
    for window_us in windows_us:
        # One place more, for the meetings on objects that are not there.
        weights[window_us] = np.zeros(len(known) + 1)
        here = window == window_us
        weights[window_us][place[here]] = surprisal[here]
    met_at = np.searchsorted(known, met.object_in_block)
    there = np.append(known, -1)[met_at] == met.object_in_block
    return weights, np.where(there, met_at, len(known))


def _scores(pair: Ints, each: Floats, window_us: int, least: int) -> pa.Table:
    """How often each pair met, and the sum of its weights; `pair` ascending, a weight of 0 being no meeting."""
    starts = run_starts(pair)
    objects = np.add.reduceat(each > 0, starts, dtype=np.int64) if len(pair) else NONE
    score = np.add.reduceat(each, starts) if len(pair) else each
    enough = objects >= least
    found = pair[starts][enough]
    return as_table(
        {
            **unpacked(found),
            "window_us": np.full(len(found), window_us),
            "objects": objects[enough],
            "score": score[enough],
        }
    ).select(["behaviour", "window_us", "account_a", "account_b", "objects", "score"])
