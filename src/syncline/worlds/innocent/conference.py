"""A conference of three days: attendees post from the talks on one hashtag and repost one another."""

import numpy as np

from syncline.worlds.columns import LABEL, REPOST, Draft, Ints, draft
from syncline.worlds.content import Stories, new_texts
from syncline.worlds.hours import HOUR_US, within_day
from syncline.worlds.innocent.posts import originals
from syncline.worlds.plan import Group, Plan, Topics
from syncline.worlds.pool import Pool
from syncline.worlds.population import ROLE, Population
from syncline.worlds.world import World

_DAYS = 3
_POSTS = 2.0  # own posts of an attendee a day, mean; some post twenty
_REPOSTS = 5.0  # reposts of an attendee a day, mean
_HOURS = 9.0  # from the first talk to the last
_REPOST_MEDIAN_S = 900.0


def found(
    world: World, accounts: Population, topics: Topics, number: int, members: Ints, rng: np.random.Generator
) -> Group:
    """Choose the days and the hour of the first talk."""
    accounts.platform[members] = accounts.platform[members[0]]
    accounts.role[members] = ROLE["attendee"]
    topic = topics.add(int(accounts.language[members[0]]), tags=2, label=LABEL["conference"])
    first = int(rng.integers(max(world.days - _DAYS, 0) + 1))
    days = tuple(range(first, min(first + _DAYS, world.days)))
    return Group("conference", number, topic, members, days, rng.uniform(7, 14))


def start(plan: Plan, group: Group, day: int, stories: Stories, rng: np.random.Generator) -> Draft:
    """Return the attendees' posts from the talks; the hashtag is the conference's."""
    eager = rng.lognormal(-0.5, 1.0, group.members.size)
    account = np.repeat(group.members, rng.poisson(_POSTS * eager))
    posts = originals(plan, group, account, _time(plan, group, day, account.size, rng), day)
    posts["tag0"][:] = plan.topics.first_tag[group.topic]
    posts["text"][:] = new_texts(account.size, rng)
    posts["weight"][:] = rng.lognormal(0, 1, account.size)
    return posts


def follow(plan: Plan, group: Group, day: int, pool: Pool, rng: np.random.Generator) -> Draft:
    """Return the attendees' reposts, live: the median delay is a quarter of an hour."""
    eager = rng.lognormal(-0.5, 1.0, group.members.size)
    account = np.repeat(group.members, rng.poisson(_REPOSTS * eager))
    time_us = within_day(_time(plan, group, day, account.size, rng), plan.day_start_us(day))
    topic = plan.topic_key(group.topic, account)
    return draft(
        account.size,
        account=account,
        time_us=time_us,
        kind=REPOST,
        topic=topic,
        source=pool.feed.draw(topic, time_us, _REPOST_MEDIAN_S, 1.2, rng),
        client=plan.accounts.client[account],
        label=LABEL["conference"],
    )


def _time(plan: Plan, group: Group, day: int, size: int, rng: np.random.Generator) -> Ints:
    hour = group.hour + rng.uniform(0, _HOURS, size)
    return (plan.day_start_us(day) + hour * HOUR_US).astype(np.int64)
