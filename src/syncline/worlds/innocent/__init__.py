"""Coordination that deceives nobody: one module a class, each group labelled with it.

A module's `found` makes a group of the accounts given to it; `start` gives the posts with which the
group begins its day, `follow` its reactions to the day's posts. Some classes need only one of the two.
"""

from collections.abc import Callable

import numpy as np

from syncline.worlds.columns import LABEL, Draft, Ints
from syncline.worlds.content import Stories
from syncline.worlds.innocent import (
    conference,
    fandom,
    outlet,
    pod,
    scheduler,
    second_account,
    tweet_storm,
)
from syncline.worlds.plan import Group, Plan, Topics
from syncline.worlds.pool import Pool
from syncline.worlds.population import Population
from syncline.worlds.world import World

_Found = Callable[[World, Population, Topics, int, Ints, np.random.Generator], Group]
_Start = Callable[[Plan, Group, int, Stories, np.random.Generator], Draft]
_Follow = Callable[[Plan, Group, int, Pool, np.random.Generator], Draft]

_FOUND: dict[str, _Found] = {
    "fandom": fandom.found,
    "tweet_storm": tweet_storm.found,
    "outlet": outlet.found,
    "scheduler": scheduler.found,
    "pod": pod.found,
    "conference": conference.found,
}
_START: dict[str, _Start] = {
    "fandom": fandom.start,
    "tweet_storm": tweet_storm.start,
    "outlet": outlet.start,
    "scheduler": scheduler.start,
    "conference": conference.start,
}
_FOLLOW: dict[str, _Follow] = {
    "fandom": fandom.follow,
    "tweet_storm": tweet_storm.follow,
    "pod": pod.follow,
    "conference": conference.follow,
}


def recruit(world: World, accounts: Population, topics: Topics, rng: np.random.Generator) -> list[Group]:
    """Draw the members of every innocent group from the organic accounts; nobody joins two."""
    free = rng.permutation(np.flatnonzero(accounts.innocent == 0))
    groups: list[Group] = []
    for kind, (number, size) in world.innocent.groups.items():
        for _ in range(number):
            members, free = free[:size], free[size:]
            accounts.innocent[members] = LABEL[kind]
            accounts.group[members] = len(groups)
            groups.append(_FOUND[kind](world, accounts, topics, len(groups), members, rng))
    second_account.pair(world, accounts, free)
    return groups


def start(plan: Plan, group: Group, day: int, stories: Stories) -> list[Draft]:
    """Return the posts with which a group begins its day."""
    if day not in group.days or group.kind not in _START:
        return []
    return [_START[group.kind](plan, group, day, stories, plan.stream(f"group {group.number}", day))]


def follow(plan: Plan, group: Group, day: int, pool: Pool) -> list[Draft]:
    """Return a group's reactions to the day's posts."""
    if day not in group.days or group.kind not in _FOLLOW:
        return []
    return [_FOLLOW[group.kind](plan, group, day, pool, plan.stream(f"group {group.number} follows", day))]
