"""Could this log have shown a network at all? Asked before anything is called "nothing found"."""

import math
from dataclasses import dataclass

from syncline import words
from syncline.coaction import CONSTANTS, Nulls, Tested
from syncline.engines.engine import Engine

# The smallest network that a log must be able to show.
_SIZE = 5


@dataclass(frozen=True)
class Power:
    """Whether a network of five could have been shown, and if not, why, in a sentence."""

    sufficient: bool
    why: str


def smallest_network(engine: Engine, nulls: Nulls, tested: Tested) -> Power:
    """Whether five of the log's most active accounts, had they shared every action, would have passed.

    Each pair of them would share as many objects as the fifth most active account has traces in one behaviour, at
    the greatest surprisal, theta = 1, in one slot; ten links must pass e-BH.
    """
    fifth = engine.row(
        "SELECT coalesce(max(k), 0) FROM (SELECT k, row_number() OVER (PARTITION BY behaviour ORDER BY k DESC) AS place"
        f" FROM account_margins) WHERE place = {_SIZE}"
    )[0]
    links = _SIZE * (_SIZE - 1) // 2
    needed = (tested.log_bar(nulls.alpha, links) + math.log(3 * tested.slots)) / CONSTANTS["surprisal_max"]
    if tested.accounts >= _SIZE and fifth >= needed:
        return Power(True, "")
    return Power(
        False,
        f"A network of {words.number(_SIZE)} could not have shown itself: it would take "
        f"{words.number(math.ceil(max(needed, tested.actions_min)))} shared actions of one kind by each of them, "
        f"and the fifth most active account of this log has {words.number(int(fifth))}.",
    )
