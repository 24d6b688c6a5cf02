"""Could this log have shown a network at all? Asked before anything is called "nothing found"."""

import math
from dataclasses import dataclass, replace

from syncline import words
from syncline.coaction import CONSTANTS, Nulls, Tested
from syncline.engines.engine import Engine

# The smallest network that a log must be able to show, and its links.
_SIZE = 5
_LINKS = _SIZE * (_SIZE - 1) // 2
# Of those who act enough: where so many could not be told from chance, that nothing was found says too little.
_HIDDEN_MANY = 0.1


@dataclass(frozen=True)
class Power:
    """Whether a network of five could have been shown, and in a sentence: why not, or by whom alone."""

    sufficient: bool
    why: str


def smallest_network(engine: Engine, nulls: Nulls, tested: Tested, links: int) -> Power:
    """Whether five of the log's accounts, had they shared every action, would have passed, for most who act enough.

    Each pair of them would share as many objects as the fifth most active account has traces in one behaviour, at
    the greatest surprisal, theta = 1, in one slot; ten links must pass e-BH. Traces on objects that were left out,
    since everybody is on them, could have shown nobody. Nor could an account whose every action, shared, would still
    be what chance expects of so much activity: such are those of a group that makes much of its log.
    Where there are no `links`, it is also said, without a name, who came closest.
    """
    power = _five_alike(engine, nulls, tested)
    return power if links else replace(power, why=f"{power.why}{_closest_pair(engine, nulls, tested)}")


def _five_alike(engine: Engine, nulls: Nulls, tested: Tested) -> Power:
    needed = (tested.log_bar(nulls.alpha, _LINKS) + math.log(3 * tested.slots)) / CONSTANTS["surprisal_max"]
    least = math.ceil(max(needed, tested.actions_min))
    engine.run("networks/telling_actions.sql", **CONSTANTS)
    fifth = int(engine.row(_FIFTH)[0])
    bar = tested.log_bar(nulls.alpha_suspects, _LINKS)
    active, shown = engine.row(
        f"""
        SELECT count(DISTINCT account),
            count(DISTINCT CASE WHEN telling >= {least} AND log_e >= {bar!r} THEN account END)
        FROM telling_actions WHERE k >= {least}
        """
    )
    engine.drop("telling_actions")
    if tested.accounts < _SIZE:
        return Power(False, _too_few(tested))
    if fifth < needed:
        return Power(
            False,
            f"A network of {words.number(_SIZE)} could not have shown itself: it would take {words.number(least)} "
            "shared actions of one kind by each of them, on things that not everybody acts on, and the fifth most "
            f"active account of this log has {words.number(fifth)}.",
        )
    hidden = int(active - shown)
    if shown < _SIZE or hidden >= max(_SIZE, _HIDDEN_MANY * active):
        return Power(
            False,
            f"Not every network of {words.number(_SIZE)} could have shown itself: of the "
            f"{words.plural(int(active), 'account')} with {words.number(least)} actions of one kind or more, "
            f"{words.number(hidden)} {words.verb(hidden, 'does', 'do')} what so much of this log is about that acting "
            "together cannot be told from chance. Where a group makes much of a log, it takes posts of other accounts "
            "from the same days to tell it from them.",
        )
    return Power(
        True,
        f"A network of {words.number(_SIZE)} could have shown itself only by {words.number(least)} shared actions "
        f"of one kind or more, and {words.plural(int(shown), 'account')} of this log "
        f"{words.verb(int(shown), 'has', 'have')} as many{_others(hidden)}.",
    )


def _closest_pair(engine: Engine, nulls: Nulls, tested: Tested) -> str:
    """In words: how often those two accounts met whom popularity explains least; empty if none did.

    It tells a log in which nothing happened from one whose few other accounts cannot tell what did.
    """
    engine.run("networks/closest_pair.sql")
    rows = engine.fetch("SELECT * FROM closest_pair").to_pylist()
    engine.drop("closest_pair")
    if not rows:
        return ""
    (pair,) = rows
    said = (
        f" What came closest: two accounts that met {words.plural(pair['objects'], 'time')} within "
        f"{words.duration(pair['window_us'])}, where the popularity of what they share lets expect "
        f"{words.number(pair['expected'])}."
    )
    if pair["beyond"] < tested.log_bar(nulls.alpha, _LINKS):
        return said
    return (
        f"{said} That is more than chance, but not more than the days, the tastes and the haste of the other accounts "
        "explain, and in a log of few accounts, or of which one group makes much, they seem to explain a lot."
    )


def _too_few(tested: Tested) -> str:
    who = f"only {words.plural(tested.accounts, 'account')}" if tested.accounts else "no account"
    return (
        f"A network of {words.number(_SIZE)} could not have shown itself: {who} of this log "
        f"{words.verb(max(tested.accounts, 1), 'has', 'have')} {words.number(tested.actions_min)} actions of one "
        "kind or more."
    )


def _others(hidden: int) -> str:
    if not hidden:
        return ""
    return (
        f"; {words.number(hidden)} more {words.verb(hidden, 'has', 'have')}, on things that too many act on"
    )


_FIFTH = f"""
SELECT coalesce(max(telling), 0) FROM (
    SELECT telling, row_number() OVER (PARTITION BY behaviour, window_us ORDER BY telling DESC) AS place
    FROM telling_actions
) WHERE place = {_SIZE}
"""
