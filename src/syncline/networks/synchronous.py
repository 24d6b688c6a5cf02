"""Groups in the same second: accounts that came to several popular objects together, each time in one second.

What a pair shows on objects that everybody shares is little, however close its two accounts are: so many pairs met
there. A whole set that is in one second again and again is another matter. The unit here is the moment, several
accounts on one object in one second, and the question whether the accounts of one moment are those of another, hours
or weeks apart (compare CopyCatch, Beutel et al. 2013, which looks for such sets without a test).

Nobody is named by it: the test is of the set, and somebody may be in it by chance.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.special import gammaln

from syncline.coaction import Nulls
from syncline.engines.engine import Engine
from syncline.schema import BEHAVIOURS

#: What a moment and a group are. Recorded in every case beside the constants of the evidence.
SYNCHRONOUS: dict[str, int | float] = {
    # Accounts in a moment, and in a group.
    "moment_accounts": 5,
    # Of the accounts that came to the object in that hour: fewer are no event of their own.
    "moment_share": 0.05,
    # An hour: closer moments may be one occasion, such as a post and the next one.
    "moments_apart_us": 3_600_000_000,
    # Clock hours in which an account was in moments of its group.
    "moments_least": 3,
}
# Moments that follow on an account's moment and are compared with it: bounds the work where thousands do.
_STEPS = 50
# A common hashtag or name is not one decision: two who use it in one second need not have seen the same thing.
_BEHAVIOURS = ("repost", "url", "text", "reply", "media")
_SECOND_US = 1_000_000


def find_synchronous_groups(engine: Engine, nulls: Nulls) -> int:
    """Make `moments` and `synchronous_acts` from `traces`, and return how many groups there are.

    Two moments are tied where so many accounts in common have a probability of at most alpha / (pairs of moments): a
    hypergeometric test (Fisher 1935) of who, of those that came to the object in the hour, came in the second. Moments
    that hang together by such ties are a group's. A log whose clock is coarser than a second has no moments.
    """
    behaviours = [BEHAVIOURS.index(name) for name in _BEHAVIOURS] if nulls.resolution_us <= _SECOND_US else []
    engine.put("moment_behaviours", pa.table({"behaviour": pa.array(behaviours, pa.uint8())}))
    engine.put("moment_steps", pa.table({"step": pa.array(range(1, _STEPS + 1), pa.int64())}))
    _run(engine, "moments", "moment_accounts", "moment_share")
    engine.run("networks/moment_acts.sql")
    _run(engine, "moment_pairs", "moment_accounts", "moments_apart_us")
    moments = int(engine.row("SELECT count(*) FROM moments")[0])
    engine.put("moment_groups", _tied(engine.fetch(_PAIRS), moments, nulls.alpha))
    _run(engine, "synchronous_acts", "moments_least", "moment_accounts")
    engine.drop("moment_behaviours", "moment_steps", "moment_acts", "moment_pairs", "moment_groups")
    return int(engine.row("SELECT count(DISTINCT group_number) FROM synchronous_acts")[0])


def write_synchronous(engine: Engine) -> None:
    """Make `synchronous` (schema.SYNCHRONOUS); reads `memberships` beside what was found, and forgets the latter."""
    engine.run("networks/synchronous.sql")
    engine.drop("synchronous_acts", "moments")


_PAIRS = "SELECT * FROM moment_pairs ORDER BY moment_a, moment_b"


def _run(engine: Engine, step: str, *constants: str) -> None:
    engine.run(f"networks/{step}.sql", **{name: SYNCHRONOUS[name] for name in constants})


def _tied(pairs: pa.Table, moments: int, alpha: float) -> pa.Table:
    """The moments that pass with another: moment, group_number, log_p (of its strongest tie)."""
    if not pairs.num_rows:
        return _NO_GROUPS
    column = {name: pairs.column(name).to_numpy() for name in pairs.column_names}
    log_p = np.maximum(
        log_chance(column["shared"], column["around_a"], column["accounts_a"], column["accounts_b"]),
        log_chance(column["shared"], column["around_b"], column["accounts_b"], column["accounts_a"]),
    )
    passes = log_p <= np.log(alpha / max(moments * (moments - 1) / 2, 1))
    if not passes.any():
        return _NO_GROUPS
    # Imported where there is something to tie, which is seldom.
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    a, b, log_p = column["moment_a"][passes], column["moment_b"][passes], log_p[passes]
    tied, place = np.unique(np.stack([a, b]), return_inverse=True)
    strongest = np.full(tied.size, np.inf)
    np.minimum.at(strongest, place, np.stack([log_p, log_p]))
    links = coo_matrix((np.ones(a.size), place), shape=(tied.size, tied.size))
    _, group = connected_components(links, directed=False)
    return pa.table(
        {
            "moment": pa.array(tied, pa.int32()),
            "group_number": pa.array(group, pa.int32()),
            "log_p": pa.array(strongest, pa.float64()),
        }
    )


def log_chance(
    shared: npt.NDArray[np.int64],
    around: npt.NDArray[np.int64],
    accounts: npt.NDArray[np.int64],
    others: npt.NDArray[np.int64],
) -> npt.NDArray[np.float64]:
    """Natural logarithm of a bound on the chance that `shared` of a moment's `accounts` or more are among `others`.

    Of the `around` accounts of the hour any may have come in the second. At most all `others`, the accounts of the
    other moment, were there in the hour; how many were is not counted, which makes the chance larger, never smaller.
    The tail is bounded by a geometric series: for chances that matter the two are alike.
    """
    others = np.minimum(others, around)
    chance = (
        _log_choose(others, shared)
        + _log_choose(around - others, accounts - shared)
        - _log_choose(around, accounts)
    )
    # Each further term is less than the one before times this.
    room = np.maximum(around - others - accounts + shared + 1, 1)
    falls = (others - shared) * (accounts - shared) / ((shared + 1) * room)
    # So many must be in common where there is no room for fewer.
    always = shared <= accounts + others - around
    with np.errstate(divide="ignore", invalid="ignore"):
        bound = np.where(always, 0.0, chance - np.log1p(-np.minimum(falls, 1)))
    return np.minimum(bound, 0.0)


def _log_choose(n: npt.NDArray[np.int64], k: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    logarithm: npt.NDArray[np.float64] = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return logarithm


_NO_GROUPS = pa.table(
    {
        "moment": pa.array([], pa.int32()),
        "group_number": pa.array([], pa.int32()),
        "log_p": pa.array([], pa.float64()),
    }
)
