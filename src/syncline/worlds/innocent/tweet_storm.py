"""Activists who post pre-filled texts of a campaign page at an appointed hour.

Share-intent pages fill in the text, the hashtags, the link and the organiser's name for everybody.
"""

import numpy as np

from syncline.worlds.columns import LABEL, Draft, Ints
from syncline.worlds.content import Stories, new_texts
from syncline.worlds.hours import HOUR_US
from syncline.worlds.innocent.posts import originals, reposts
from syncline.worlds.plan import Group, Plan, Topics, site_of
from syncline.worlds.pool import Pool
from syncline.worlds.population import ROLE, Population
from syncline.worlds.world import World

_TEXTS = 3
_SPREAD_H = 0.5  # mean hours after the appointed one
_POSTS = 1.5  # further posts of a participant, mean
_REPOSTED = 0.25  # chance that a participant reposts the organiser


def found(
    world: World, accounts: Population, topics: Topics, number: int, members: Ints, rng: np.random.Generator
) -> Group:
    """Make the first member the organiser and choose the one evening."""
    accounts.platform[members] = accounts.platform[members[0]]
    accounts.role[members] = ROLE["activist"]
    topic = topics.add(int(accounts.language[members[0]]), tags=2, label=LABEL["tweet_storm"])
    return Group("tweet_storm", number, topic, members, (int(rng.integers(world.days)),), rng.uniform(15, 21))


def start(plan: Plan, group: Group, day: int, stories: Stories, rng: np.random.Generator) -> Draft:
    """Return the storm: everybody one of three texts, the same two hashtags, link and mention."""
    account = np.repeat(group.members, 1 + rng.poisson(_POSTS, group.members.size))
    after = rng.exponential(_SPREAD_H, account.size)
    after[account == group.members[0]] = 0.0
    posts = originals(plan, group, account, plan.day_start_us(day) + (group.hour + after) * HOUR_US, day)
    first = plan.topics.first_tag[group.topic]
    text = rng.integers(0, _TEXTS, account.size)
    posts["text"][:] = new_texts(_TEXTS, rng)[text]
    posts["language"][:] = plan.topics.language[group.topic]
    posts["tag0"][:], posts["tag1"][:] = first, first + 1
    posts["url"][:] = (site_of(group.topic) << 32) | group.number
    posts["mention"][:] = group.members[0]
    posts["pasted"][:] = True
    posts["weight"][:] = np.where(account == group.members[0], 50.0, 1.0)
    return posts


def follow(plan: Plan, group: Group, day: int, pool: Pool, rng: np.random.Generator) -> Draft:
    """Return the participants' reposts of the organiser's posts."""
    lead = pool.today(plan.day_start_us(day), group.members[:1])
    post, member = np.nonzero(rng.random((lead.size, group.members.size)) < _REPOSTED)
    delay = rng.lognormal(np.log(900e6), 1.0, post.size)
    return reposts(plan, group, group.members[member], lead[post], delay, day, pool)
