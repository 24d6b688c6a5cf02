"""Users of one scheduling app who subscribe to one feed: the same links at the same full minutes."""

import numpy as np

from syncline.worlds.columns import Draft, Ints
from syncline.worlds.content import Stories, headlines
from syncline.worlds.hours import DAY_US
from syncline.worlds.innocent.posts import one_taste, originals
from syncline.worlds.plan import Group, Plan, Topics
from syncline.worlds.population import ROLE, SCHEDULER_CLIENT, Population
from syncline.worlds.world import World

_POSTED = 0.4  # chance that a user's queue takes a story
_SLOT_US = 300_000_000  # the app posts on every fifth minute


def found(
    world: World, accounts: Population, topics: Topics, number: int, members: Ints, rng: np.random.Generator
) -> Group:
    """Give all members the app; they post by hand little."""
    one_taste(accounts, members)
    accounts.role[members] = ROLE["scheduled"]
    accounts.client[members] = SCHEDULER_CLIENT
    accounts.rate[members] = np.minimum(accounts.rate[members], 1.0)
    return Group("scheduler", number, int(accounts.community[members[0]]), members, tuple(range(world.days)))


def start(plan: Plan, group: Group, day: int, stories: Stories, rng: np.random.Generator) -> Draft:
    """Return the community's new links of the day, each in the slot after its birth."""
    begin = plan.day_start_us(day)
    fresh = (stories.topic == group.topic) & (stories.born >= begin) & (stories.born < begin + 0.99 * DAY_US)
    rows = np.flatnonzero(fresh)
    taken, who = np.nonzero(rng.random((rows.size, group.members.size)) < _POSTED)
    slot = -(-stories.born[rows] // _SLOT_US) * _SLOT_US
    second = rng.integers(0, 3, taken.size) * 1_000_000
    posts = originals(plan, group, group.members[who], slot[taken] + second, day)
    posts["url"][:] = stories.url[rows][taken]
    posts["text"][:] = headlines(posts["url"])
    posts["language"][:] = plan.topics.language[group.topic]
    posts["pasted"][:] = True
    posts["weight"][:] = 2.0
    return posts
