"""What the groups' members and posts have in common."""

import numpy as np

from syncline.worlds.columns import LABEL, ORIGINAL, REPOST, Array, Draft, Ints, draft
from syncline.worlds.hours import within_day
from syncline.worlds.plan import Group, Plan
from syncline.worlds.pool import Pool
from syncline.worlds.population import Population


def one_taste(accounts: Population, members: Ints) -> None:
    """Give all members the first one's community, language and platform."""
    for column in (accounts.community, accounts.language, accounts.platform):
        column[members] = column[members[0]]


def originals(plan: Plan, group: Group, account: Ints, time_us: Array, day: int) -> Draft:
    """Return originals on the group's topic."""
    return draft(
        account.size,
        account=account,
        time_us=within_day(time_us, plan.day_start_us(day)),
        kind=ORIGINAL,
        topic=plan.topic_key(group.topic, account),
        client=plan.accounts.client[account],
        language=plan.accounts.language[account],
        label=LABEL[group.kind],
    )


def reposts(
    plan: Plan, group: Group, account: Ints, source: Ints, delay_us: Array, day: int, pool: Pool
) -> Draft:
    """Return reposts of pool rows after a delay; those that would fall on the next day do not happen."""
    time_us = pool.posts["time_us"][source] + delay_us.astype(np.int64)
    keep = np.flatnonzero(time_us < plan.day_start_us(day + 1))
    return draft(
        keep.size,
        account=account[keep],
        time_us=time_us[keep],
        kind=REPOST,
        topic=pool.posts["topic"][source[keep]],
        source=source[keep],
        client=plan.accounts.client[account[keep]],
        label=LABEL[group.kind],
    )
