"""One person's second account: it repeats part of what the first one posts, soon after."""

import numpy as np

from syncline.worlds.columns import LABEL, Ints
from syncline.worlds.population import Population
from syncline.worlds.world import World


def pair(world: World, accounts: Population, free: Ints) -> None:
    """Make some of the free accounts the second ones of others: same person, home and taste."""
    wanted = round(world.innocent.second_account_share * accounts.size)
    free = free[accounts.echoed_by[free] < 0]
    count = min(wanted, free.size // 2)
    first, second = free[:count], free[count : 2 * count]
    accounts.own_by_one_person(first, second)
    accounts.platform[second] = accounts.platform[first]
    accounts.innocent[first] = accounts.innocent[second] = LABEL["second_account"]
    accounts.rate[second] = 0.5 * np.minimum(accounts.rate[second], accounts.rate[first])
