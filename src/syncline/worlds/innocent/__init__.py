"""Coordination that deceives nobody: one module a class, each group labelled with it.

A module has `found`, which makes a group of the accounts given to it, and one or both of `start`,
the posts with which the group begins its day, and `follow`, its reactions to the day's posts.
"""

from types import ModuleType

import numpy as np

from syncline.worlds.columns import LABEL, Draft
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

_KINDS: dict[str, ModuleType] = {
    "fandom": fandom,
    "tweet_storm": tweet_storm,
    "outlet": outlet,
    "scheduler": scheduler,
    "pod": pod,
    "conference": conference,
}


def recruit(world: World, accounts: Population, topics: Topics, rng: np.random.Generator) -> list[Group]:
    """Draw the members of every innocent group from the organic accounts; nobody joins two."""
    wanted = world.innocent
    counts = {
        "fandom": (wanted.fandoms, wanted.fandom_size),
        "tweet_storm": (wanted.tweet_storms, wanted.tweet_storm_size),
        "outlet": (wanted.outlets, wanted.outlet_size),
        "scheduler": (wanted.schedulers, wanted.scheduler_size),
        "pod": (wanted.pods, wanted.pod_size),
        "conference": (wanted.conferences, wanted.conference_size),
    }
    free = rng.permutation(np.flatnonzero(accounts.innocent == 0))
    groups: list[Group] = []
    for kind, (number, size) in counts.items():
        for _ in range(number):
            members, free = free[:size], free[size:]
            accounts.innocent[members] = LABEL[kind]
            accounts.group[members] = len(groups)
            groups.append(_KINDS[kind].found(world, accounts, topics, len(groups), members, rng))
    second_account.pair(world, accounts, free, rng)
    return groups


def start(plan: Plan, group: Group, day: int, stories: Stories) -> list[Draft]:
    """Return the posts with which a group begins its day."""
    kind = _KINDS[group.kind]
    if day not in group.days or not hasattr(kind, "start"):
        return []
    return [kind.start(plan, group, day, stories, plan.stream(f"group {group.number}", day))]


def follow(plan: Plan, group: Group, day: int, pool: Pool) -> list[Draft]:
    """Return a group's reactions to the day's posts."""
    kind = _KINDS[group.kind]
    if day not in group.days or not hasattr(kind, "follow"):
        return []
    return [kind.follow(plan, group, day, pool, plan.stream(f"group {group.number} follows", day))]
