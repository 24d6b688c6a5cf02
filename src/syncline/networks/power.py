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
    """Whether a network of five could have been shown, and in a sentence: why not, or by whom alone."""

    sufficient: bool
    why: str


def smallest_network(engine: Engine, nulls: Nulls, tested: Tested) -> Power:
    """Whether five of the log's most active accounts, had they shared every action, would have passed.

    Each pair of them would share as many objects as the fifth most active account has traces in one behaviour, at
    the greatest surprisal, theta = 1, in one slot; ten links must pass e-BH. Traces on objects that were left out,
    since everybody is on them, could have shown nobody.
    """
    engine.run("networks/telling_actions.sql")
    links = _SIZE * (_SIZE - 1) // 2
    needed = (tested.log_bar(nulls.alpha, links) + math.log(3 * tested.slots)) / CONSTANTS["surprisal_max"]
    least = math.ceil(max(needed, tested.actions_min))
    fifth = int(engine.row(_FIFTH)[0])
    accounts = int(engine.row(f"SELECT count(DISTINCT account) FROM telling_actions WHERE k >= {least}")[0])
    engine.drop("telling_actions")
    if tested.accounts >= _SIZE and fifth >= needed:
        return Power(
            True,
            f"A network of {words.number(_SIZE)} could have shown itself only by {words.number(least)} shared actions "
            f"of one kind or more, and {words.plural(accounts, 'account')} of this log "
            f"{words.verb(accounts, 'has', 'have')} as many.",
        )
    if tested.accounts < _SIZE:
        who = f"only {words.plural(tested.accounts, 'account')}" if tested.accounts else "no account"
        return Power(
            False,
            f"A network of {words.number(_SIZE)} could not have shown itself: {who} of this log "
            f"{words.verb(max(tested.accounts, 1), 'has', 'have')} {words.number(tested.actions_min)} actions of one "
            "kind or more.",
        )
    return Power(
        False,
        f"A network of {words.number(_SIZE)} could not have shown itself: it would take {words.number(least)} shared "
        "actions of one kind by each of them, on things that not everybody acts on, and the fifth most active account "
        f"of this log has {words.number(fifth)}.",
    )


_FIFTH = f"""
SELECT coalesce(max(k), 0) FROM (
    SELECT k, row_number() OVER (PARTITION BY behaviour ORDER BY k DESC) AS place FROM telling_actions
) WHERE place = {_SIZE}
"""
