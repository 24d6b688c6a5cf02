"""Ids as platforms give them, unique by construction.

Time-stamped ids hold milliseconds above 22 other bits, as Twitter's have since 2010; accounts had
serial numbers before. Other platforms count their milliseconds from 1970.
"""

import numpy as np

from syncline.worlds.columns import Draft, Ints
from syncline.worlds.plan import Plan

_X_EPOCH_MS = 1_288_834_974_657
_LOW_BITS = 22

# Account ids were serial numbers between these two times, so many a second.
_FIRST_ACCOUNT_MS = 1_142_900_000_000
_LAST_SERIAL_MS = 1_447_000_000_000
_SERIALS_PER_SECOND = 13


def number_posts(plan: Plan, posts: Draft, before: int) -> None:
    """Give a day's posts their ids, and a thread of their own where they answer nothing.

    `before` is the number of the day's posts that have theirs already.
    """
    serial = (before + np.arange(posts["account"].size)) & ((1 << _LOW_BITS) - 1)
    on_x = np.array([name == "x" for name in plan.world.people.platforms])
    epoch = np.where(on_x[plan.accounts.platform[posts["account"]]], _X_EPOCH_MS, 0)
    posts["post_id"][:] = ((posts["time_us"] // 1000 - epoch) << _LOW_BITS) | serial
    fresh = posts["thread"] < 0
    posts["thread"][fresh] = posts["post_id"][fresh]


def account_ids(plan: Plan) -> Ints:
    """Return the accounts' ids in the order of creation."""
    milliseconds = plan.accounts.created_us // 1000
    serial = np.maximum((milliseconds - _FIRST_ACCOUNT_MS) * _SERIALS_PER_SECOND // 1000, 1000)
    stamped = (milliseconds - _X_EPOCH_MS) << _LOW_BITS
    ids = np.where(milliseconds < _LAST_SERIAL_MS, serial, stamped)
    order, rank = np.argsort(ids, kind="stable"), np.arange(ids.size)
    ids[order] = np.maximum.accumulate(ids[order] - rank) + rank
    return ids
