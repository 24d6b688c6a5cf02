"""Ordinary people: when they post, what kind of post, on which of their interests."""

import numpy as np

from syncline.worlds.columns import ORIGINAL, QUOTE, REPLY, REPOST, Draft, Floats, Ints, draft
from syncline.worlds.hours import HOUR_US, awake, draw_local_hours, weekday_of, within_day
from syncline.worlds.plan import Happening, Plan
from syncline.worlds.pool import Pool
from syncline.worlds.population import OFFSETS, RESTS

# People post in sittings: several posts within minutes, then nothing for hours.
_SITTING_US = 5 * 60e6
_MOOD = 0.8  # shape of the gamma of good and bad days: below 1, many days without a post


def daily_life(plan: Plan, day: int) -> Draft:
    """Return the day's posts of ordinary people: who, when, kind and topic, nothing else yet."""
    rng = plan.stream("people", day)
    people = plan.accounts
    count = rng.poisson(people.rate * rng.gamma(_MOOD, 1 / _MOOD, people.size))
    account = np.repeat(np.arange(people.size), count)
    time_us = _sittings(plan, day, account, count, rng)
    posts = draft(account.size, account=account, time_us=time_us, client=people.client[account])
    posts["kind"][:] = draw_kinds(plan, account, rng)
    posts["topic"][:] = draw_topics(plan, account, rng)
    return posts


def _sittings(plan: Plan, day: int, account: Ints, count: Ints, rng: np.random.Generator) -> Ints:
    sittings = np.ceil(count**0.6).astype(np.int64)
    owner = np.repeat(np.arange(count.size), sittings)
    resting = RESTS[plan.accounts.place[owner], weekday_of(plan.day_start_us(day))]
    local = draw_local_hours(resting, rng) + plan.accounts.chronotype[owner]
    utc = (local - OFFSETS[plan.accounts.place[owner]]) % 24
    first = np.concatenate([[0], np.cumsum(sittings)])[account]
    chosen = first + (rng.random(account.size) * sittings[account]).astype(np.int64)
    start = plan.day_start_us(day)
    return within_day(start + utc[chosen] * HOUR_US + rng.exponential(_SITTING_US, account.size), start)


def draw_kinds(plan: Plan, account: Ints, rng: np.random.Generator) -> Ints:
    """Return for each post its kind, by its account's own habits."""
    people, u = plan.accounts, rng.random(account.size)
    repost = people.repost_share[account]
    rest = np.where(repost < 1, (u - repost) / np.maximum(1 - repost, 1e-9), 0.0)
    reply = people.reply_share[account]
    kind = np.where(
        rest < reply, REPLY, np.where(rest < reply + people.quote_share[account], QUOTE, ORIGINAL)
    )
    return np.where(u < repost, REPOST, kind)


def draw_topics(plan: Plan, account: Ints, rng: np.random.Generator) -> Ints:
    """Return for each post its topic: first interest, second, or general."""
    interests, people = plan.world.interests, plan.accounts
    u = rng.random(account.size)
    second = np.where(
        u < interests.first_share + interests.second_share, people.second[account], plan.general
    )
    return plan.topic_key(np.where(u < interests.first_share, people.community[account], second), account)


def attention(plan: Plan, happening: Happening, day: int) -> Draft:
    """Return the posts that an event draws on a day: a sharp start and a decay, or a match's moments."""
    event = happening.event
    if not event.day <= day <= event.day + 2:
        return draft(0)
    rng = plan.stream(f"event {happening.number}", event.day)
    rate = plan.accounts.rate[happening.participants] ** 0.5
    count = rng.poisson(event.posts_each * rate / rate.mean())
    account = np.repeat(happening.participants, count)
    if event.kind == "breaking_news":
        after_h = rng.exponential(event.decay_h, account.size)
    else:
        moments = np.sort(rng.random(5)) * 1.9
        after_h = moments[rng.integers(0, 5, account.size)] + rng.exponential(0.06, account.size)
    start = plan.day_start_us(event.day) + event.hour * HOUR_US
    time_us = (start + after_h * HOUR_US).astype(np.int64)
    shown = rng.random(account.size) < is_awake(plan, account, time_us)
    today = (time_us >= plan.day_start_us(day)) & (time_us < plan.day_start_us(day + 1))
    keep = np.flatnonzero(shown & today)
    kind = rng.choice([ORIGINAL, REPOST, REPLY, QUOTE], account.size, p=(0.25, 0.6, 0.1, 0.05))
    label = plan.topics.label[happening.topic]
    return draft(
        keep.size,
        account=account[keep],
        time_us=time_us[keep],
        kind=kind[keep],
        topic=plan.topic_key(happening.topic, account[keep]),
        client=plan.accounts.client[account[keep]],
        label=label,
    )


def is_awake(plan: Plan, account: Ints, time_us: Ints) -> Floats:
    """Return each account's activity at a time as a share of its peak."""
    people = plan.accounts
    place = people.place[account]
    return awake(time_us, OFFSETS[place], people.chronotype[account], RESTS[place])


def draw_weights(plan: Plan, posts: Draft, rng: np.random.Generator) -> None:
    """Give each post its pull on readers: the author's following and the post's own luck."""
    reach = (plan.accounts.followers[posts["account"]] + 10.0) ** 0.7
    posts["weight"][:] = reach * rng.lognormal(0, 1.3, reach.size)
    posts["weight"][posts["kind"] == REPLY] *= 0.1


def react(plan: Plan, pool: Pool, reactions: Draft, rng: np.random.Generator) -> None:
    """Choose for each reaction the post of its topic that the reader sees at that time."""
    delays = plan.world.delays
    source = pool.feed.draw(reactions["topic"], reactions["time_us"], delays.median_s, delays.sigma, rng)
    reactions["source"][:] = source


def surge(plan: Plan, day: int, pool: Pool, reposts: int) -> Draft:
    """Return reposts within the first minutes of the day's strongest posts, by readers who are awake."""
    rng = plan.stream("surge", day)
    share = plan.world.delays.surge_share
    fresh = np.flatnonzero(pool.posts["time_us"] >= plan.day_start_us(day))
    wanted = round(2 * reposts * share / (1 - share))
    if not wanted or not fresh.size:
        return draft(0)
    pull = np.cumsum(pool.posts["weight"][fresh].astype(np.float64) ** 1.2)
    source = fresh[np.searchsorted(pull, rng.random(wanted) * pull[-1])]
    reader = plan.readers.draw(pool.posts["topic"][source], rng)
    delay = rng.lognormal(np.log(plan.world.delays.surge_median_s), 1.0, wanted)
    time_us = pool.posts["time_us"][source] + (delay * 1e6).astype(np.int64)
    shown = rng.random(wanted) < is_awake(plan, reader, time_us)
    keep = np.flatnonzero(shown & (reader >= 0) & (time_us < plan.day_start_us(day + 1)))
    return draft(
        keep.size,
        account=reader[keep],
        time_us=time_us[keep],
        kind=REPOST,
        topic=pool.posts["topic"][source[keep]],
        source=source[keep],
        client=plan.accounts.client[reader[keep]],
        label=np.asarray(plan.topics.label)[pool.posts["topic"][source[keep]] % plan.topics.count],
    )
