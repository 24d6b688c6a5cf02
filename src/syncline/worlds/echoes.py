"""One person behind two accounts: what the first posts, the second repeats in part."""

import numpy as np

from syncline.worlds.columns import LABEL, ORIGINAL, REPOST, Draft, join, take
from syncline.worlds.plan import Plan
from syncline.worlds.population import AUTOMATION_CLIENT

_SAME_PLATFORM = 0.25  # chance that a post or repost is repeated on the same platform
_OTHER_PLATFORM = 0.5  # chance that an original is carried over to the other platform
_BY_HAND_US = 240e6  # median delay of a person who changes accounts
_BY_SOFTWARE_US = 15e6  # median delay of software that cross-posts


def echo(plan: Plan, day: int, posts: Draft, name: str) -> Draft:
    """Return the posts followed by what second accounts repeat of them; `name` tells calls apart."""
    people, rng = plan.accounts, plan.stream(f"echoes of {name}", day)
    second = people.echoed_by[posts["account"]]
    if second.max(initial=-1) < 0:
        return posts
    there = np.flatnonzero((second >= 0) & np.isin(posts["kind"], (ORIGINAL, REPOST)))
    same = people.platform[second[there]] == people.platform[posts["account"][there]]
    chance = np.where(same, _SAME_PLATFORM, _OTHER_PLATFORM * (posts["kind"][there] == ORIGINAL))
    repeated = rng.random(there.size) < chance
    there, same = there[repeated], same[repeated]
    delay = rng.lognormal(np.log(np.where(same, _BY_HAND_US, _BY_SOFTWARE_US)), 0.7)
    time_us = posts["time_us"][there] + delay.astype(np.int64)
    today = time_us < plan.day_start_us(day + 1)
    there, same, time_us = there[today], same[today], time_us[today]
    copies = take(posts, there)
    copies["account"][:] = second[there]
    copies["time_us"][:] = time_us
    copies["topic"][:] = plan.topic_key(posts["topic"][there] % plan.topics.count, second[there])
    copies["client"][:] = np.where(same, people.client[second[there]], AUTOMATION_CLIENT)
    copies["weight"] *= 0.3
    copies["label"][copies["label"] == LABEL["organic"]] = LABEL["second_account"]
    return join([posts, copies])
