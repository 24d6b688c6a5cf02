"""Coordination that deceives nobody: each group is labelled with its class."""

import numpy as np

from syncline.worlds.columns import LABEL, ORIGINAL, REPOST, Draft, Ints, draft
from syncline.worlds.content import headline_of
from syncline.worlds.hours import DAY_US, HOUR_US
from syncline.worlds.plan import Group, Plan, Topics
from syncline.worlds.pool import Pool
from syncline.worlds.population import NEWSROOM_CLIENT, ROLE, Population
from syncline.worlds.world import World


def recruit(world: World, accounts: Population, topics: Topics, rng: np.random.Generator) -> list[Group]:
    """Draw the members of every innocent group from the organic accounts; nobody joins two."""
    free = rng.permutation(accounts.size)
    groups: list[Group] = []
    wanted = world.innocent
    kinds = (
        ("fandom", wanted.fandoms, wanted.fandom_size, _found_fandom),
        ("outlet", wanted.outlets, wanted.outlet_size, _found_outlet),
    )
    for name, number, size, found in kinds:
        for _ in range(number):
            members, free = free[:size], free[size:]
            accounts.innocent[members] = LABEL[name]
            accounts.group[members] = len(groups)
            groups.append(found(world, accounts, topics, len(groups), members, rng))
    return groups


def _found_fandom(
    world: World, accounts: Population, topics: Topics, number: int, members: Ints, rng: np.random.Generator
) -> Group:
    """A star and its fans: busy, of one taste, and on some evenings they push one hashtag together."""
    topic = topics.add(int(accounts.language[members[0]]), tags=3, label=LABEL["fandom"])
    accounts.role[members] = ROLE["fan"]
    accounts.role[members[0]] = ROLE["star"]
    accounts.followers[members[0]] = 40_000 + int(rng.integers(0, 400_000))
    accounts.rate[members] = np.maximum(accounts.rate[members], rng.lognormal(np.log(3), 0.6, members.size))
    accounts.community[members] = accounts.community[members[0]]
    accounts.language[members] = accounts.language[members[0]]
    accounts.platform[members] = accounts.platform[members[0]]
    days = rng.choice(world.days, max(1, world.days // 5), replace=False)
    return Group(
        LABEL["fandom"], number, topic, members, tuple(sorted(days.tolist())), rng.uniform(16, 21), -1
    )


def _found_outlet(
    world: World, accounts: Population, topics: Topics, number: int, members: Ints, rng: np.random.Generator
) -> Group:
    """A newspaper's own account and its regional ones, which post each of its stories by one feed."""
    topic = topics.add(int(accounts.language[members[0]]), tags=5, label=LABEL["outlet"])
    accounts.role[members] = ROLE["regional"]
    accounts.role[members[0]] = ROLE["outlet"]
    accounts.rate[members] = 0.3
    accounts.client[members] = NEWSROOM_CLIENT
    accounts.language[members] = accounts.language[members[0]]
    accounts.platform[members] = accounts.platform[members[0]]
    accounts.followers[members[0]] = 20_000 + int(rng.integers(0, 200_000))
    return Group(LABEL["outlet"], number, topic, members, tuple(range(world.days)), 0.0, -1)


def start(plan: Plan, group: Group, day: int) -> Draft:
    """Return the posts with which a group begins its day."""
    if day not in group.days:
        return draft(0)
    rng = plan.stream(f"group {group.number}", day)
    return {LABEL["fandom"]: _star_posts, LABEL["outlet"]: _feed_posts}[group.label](plan, group, day, rng)


def _star_posts(plan: Plan, group: Group, day: int, rng: np.random.Generator) -> Draft:
    """The star's posts and the fans' own with the day's hashtag, within two hours of the appointed one."""
    star, fans = np.repeat(group.members[:1], 4), group.members[1:]
    fans = np.repeat(fans, rng.poisson(3, fans.size))
    account = np.concatenate([star, fans])
    begin = plan.day_start_us(day) + group.hour * HOUR_US
    after = np.concatenate([np.linspace(0, 1, 4) * HOUR_US, rng.exponential(0.7, fans.size) * HOUR_US])
    posts = _own(plan, group, account, begin + after, day)
    posts["tag0"][:] = plan.topics.first_tag[group.topic] + day % 3
    posts["text"][:] = rng.integers(0, 2**63, account.size).astype(np.uint64)
    posts["weight"][:4] = 100.0
    posts["weight"][4:] = rng.lognormal(0, 0.5, fans.size)
    return posts


def _feed_posts(plan: Plan, group: Group, day: int, rng: np.random.Generator) -> Draft:
    """Each story on the outlet's account at once, on most regional ones within a few minutes."""
    stories = int(rng.poisson(8))
    born = plan.day_start_us(day) + (rng.beta(2, 2, stories) * 0.9 * DAY_US).astype(np.int64)
    taken = rng.random((stories, group.members.size)) < 0.75
    taken[:, 0] = True
    story, who = np.nonzero(taken)
    after = rng.exponential(90e6, story.size)
    posts = _own(plan, group, group.members[who], born[story] + after, day)
    serial = 5_000_000 + group.number * 100_000 + day * 100 + story
    posts["url"][:] = (np.int64(group.domain) << 32) | serial
    posts["text"][:] = headline_of(posts["url"])
    posts["weight"][:] = np.where(who == 0, 50.0, 2.0)
    return posts


def _own(plan: Plan, group: Group, account: Ints, time_us: Ints, day: int) -> Draft:
    time_us = np.minimum(time_us.astype(np.int64), plan.day_start_us(day + 1) - 1)
    return draft(
        account.size,
        account=account,
        time_us=time_us,
        kind=ORIGINAL,
        topic=plan.topic_key(group.topic, account),
        client=plan.accounts.client[account],
        language=plan.accounts.language[account],
        label=group.label,
    )


def follow(plan: Plan, group: Group, day: int, pool: Pool) -> Draft:
    """Return the reactions of a group to its own posts of the day."""
    if day not in group.days or group.label != LABEL["fandom"]:
        return draft(0)
    rng = plan.stream(f"group {group.number} follows", day)
    topic = int(plan.topic_key(group.topic, group.members[:1])[0])
    today = pool.posts["time_us"] >= plan.day_start_us(day)
    stars = np.flatnonzero(
        (pool.posts["topic"] == topic) & today & (pool.posts["account"] == group.members[0])
    )
    pushed, who = np.nonzero(rng.random((stars.size, group.members.size)) < 0.6)
    after = rng.lognormal(np.log(300e6), 1.2, pushed.size).astype(np.int64)
    account, source = group.members[who], stars[pushed]
    time_us = pool.posts["time_us"][source] + after
    keep = time_us < plan.day_start_us(day + 1)
    return draft(
        int(keep.sum()),
        account=account[keep],
        time_us=time_us[keep],
        kind=REPOST,
        topic=topic,
        source=source[keep],
        client=plan.accounts.client[account[keep]],
        label=group.label,
    )
