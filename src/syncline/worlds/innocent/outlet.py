"""A newspaper's own account and its regional ones, which carry its stories by one feed and say so."""

import numpy as np

from syncline.worlds.columns import LABEL, Draft, Ints
from syncline.worlds.content import Stories, headlines
from syncline.worlds.hours import DAY_US
from syncline.worlds.innocent.posts import one_taste, originals
from syncline.worlds.plan import Group, Plan, Topics, site_of
from syncline.worlds.population import NEWSROOM_CLIENT, ROLE, Population
from syncline.worlds.world import World

_STORIES = 8.0  # a day, mean
_CARRIED = 0.75  # chance that a regional account carries a story
_DELAY_US = 90e6  # mean delay of the feed


def found(
    world: World, accounts: Population, topics: Topics, number: int, members: Ints, rng: np.random.Generator
) -> Group:
    """Make the first member the outlet's own account; all use the newsroom's software."""
    one_taste(accounts, members)
    accounts.role[members] = ROLE["regional"]
    accounts.role[members[0]] = ROLE["outlet"]
    accounts.rate[members] = 0.3
    accounts.client[members] = NEWSROOM_CLIENT
    accounts.followers[members[0]] = rng.integers(20_000, 200_000)
    topic = topics.add(int(accounts.language[members[0]]), tags=5, label=LABEL["outlet"])
    return Group("outlet", number, topic, members, tuple(range(world.days)))


def start(plan: Plan, group: Group, day: int, stories: Stories, rng: np.random.Generator) -> Draft:
    """Return each story on the outlet's account and, within minutes, on most regional ones."""
    count = int(rng.poisson(_STORIES))
    born = plan.day_start_us(day) + (rng.beta(2, 2, count) * 0.9 * DAY_US).astype(np.int64)
    carried = rng.random((count, group.members.size)) < _CARRIED
    carried[:, 0] = True
    story, who = np.nonzero(carried)
    delay = np.where(who == 0, 0, rng.exponential(_DELAY_US, story.size))
    posts = originals(plan, group, group.members[who], born[story] + delay, day)
    posts["url"][:] = (site_of(group.topic) << 32) | (day * 1_000_000 + story)
    posts["text"][:] = headlines(posts["url"])
    posts["pasted"][:] = True
    posts["weight"][:] = np.where(who == 0, 50.0, 2.0)
    return posts
