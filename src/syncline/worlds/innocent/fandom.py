"""A star and its fans: of one taste, busy, and on some evenings they push one hashtag together."""

import numpy as np

from syncline.worlds.columns import LABEL, Draft, Ints
from syncline.worlds.content import Stories, new_texts
from syncline.worlds.hours import HOUR_US
from syncline.worlds.innocent.posts import one_taste, originals, reposts
from syncline.worlds.plan import Group, Plan, Topics
from syncline.worlds.pool import Pool
from syncline.worlds.population import ROLE, Population
from syncline.worlds.world import World

_STAR_POSTS = 4
_FAN_POSTS = 3.0  # own posts of a fan on an evening, mean
_REPOSTED = 0.6  # chance that a fan reposts a post of the star
_REPOST_MEDIAN_US = 300e6


def found(
    world: World, accounts: Population, topics: Topics, number: int, members: Ints, rng: np.random.Generator
) -> Group:
    """Make the first member the star and choose the evenings, one day in five."""
    one_taste(accounts, members)
    accounts.role[members] = ROLE["fan"]
    accounts.role[members[0]] = ROLE["star"]
    accounts.followers[members[0]] = rng.integers(40_000, 400_000)
    accounts.rate[members] = np.maximum(accounts.rate[members], rng.lognormal(1.1, 0.6, members.size))
    topic = topics.add(int(accounts.language[members[0]]), tags=3, label=LABEL["fandom"])
    evenings = rng.choice(world.days, max(1, world.days // 5), replace=False)
    return Group("fandom", number, topic, members, tuple(sorted(evenings.tolist())), rng.uniform(16, 21))


def start(plan: Plan, group: Group, day: int, stories: Stories, rng: np.random.Generator) -> Draft:
    """Return the star's posts and the fans' own, all with the evening's hashtag."""
    fans = np.repeat(group.members[1:], rng.poisson(_FAN_POSTS, group.members.size - 1))
    account = np.concatenate([np.repeat(group.members[:1], _STAR_POSTS), fans])
    after_h = np.concatenate([np.linspace(0, 1, _STAR_POSTS), rng.exponential(0.7, fans.size)])
    begin = plan.day_start_us(day) + group.hour * HOUR_US
    posts = originals(plan, group, account, begin + after_h * HOUR_US, day)
    posts["tag0"][:] = plan.topics.first_tag[group.topic] + day % 3
    posts["text"][:] = new_texts(account.size, rng)
    posts["weight"][:] = np.where(account == group.members[0], 100.0, rng.lognormal(0, 0.5, account.size))
    return posts


def follow(plan: Plan, group: Group, day: int, pool: Pool, rng: np.random.Generator) -> Draft:
    """Return the fans' reposts of the star's posts, most within minutes."""
    star = pool.today(plan.day_start_us(day), group.members[:1])
    post, fan = np.nonzero(rng.random((star.size, group.members.size)) < _REPOSTED)
    delay = rng.lognormal(np.log(_REPOST_MEDIAN_US), 1.2, post.size)
    return reposts(plan, group, group.members[fan], star[post], delay, day, pool)
