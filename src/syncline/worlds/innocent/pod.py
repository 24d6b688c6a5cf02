"""An engagement pod: people who have agreed to repost one another's posts soon."""

import numpy as np

from syncline.worlds.columns import Draft, Ints
from syncline.worlds.innocent.posts import one_taste, reposts
from syncline.worlds.plan import Group, Plan, Topics
from syncline.worlds.pool import Pool
from syncline.worlds.population import ROLE, Population
from syncline.worlds.world import World

_REPOSTED = 0.5  # chance that a member reposts another's post
_DELAY_MEDIAN_US = 480e6


def found(
    world: World, accounts: Population, topics: Topics, number: int, members: Ints, rng: np.random.Generator
) -> Group:
    """Make the members active enough to need a pod."""
    one_taste(accounts, members)
    accounts.role[members] = ROLE["pod_member"]
    accounts.rate[members] = np.clip(accounts.rate[members], 1.0, 5.0)
    return Group("pod", number, int(accounts.community[members[0]]), members, tuple(range(world.days)))


def follow(plan: Plan, group: Group, day: int, pool: Pool, rng: np.random.Generator) -> Draft:
    """Return the members' reposts of the members' posts of the day."""
    theirs = pool.today(plan.day_start_us(day), group.members)
    post, member = np.nonzero(rng.random((theirs.size, group.members.size)) < _REPOSTED)
    delay = rng.lognormal(np.log(_DELAY_MEDIAN_US), 0.8, post.size)
    return reposts(plan, group, group.members[member], theirs[post], delay, day, pool)
