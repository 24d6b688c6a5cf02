"""Ordinary people: when they post, what kind of post, on which of their interests, in answer to what."""

import numpy as np

from syncline.worlds.columns import (
    LABEL,
    ORIGINAL,
    QUOTE,
    REPLY,
    REPOST,
    Draft,
    Floats,
    Ints,
    draft,
    scramble,
    share_of,
)
from syncline.worlds.hours import HOUR_US, awake, draw_local_hours, weekday_of, within_day
from syncline.worlds.plan import Happening, Plan
from syncline.worlds.pool import Pool
from syncline.worlds.population import OFFSETS, RESTS

_SITTING_US = 5 * 60e6  # mean spread of a sitting: several posts within minutes, then nothing for hours
_MOOD = 0.8  # shape of the gamma of good and bad days: below 1, many days without a post
_EVENT_KINDS = (0.25, 0.6, 0.1, 0.05)  # originals, reposts, replies, quotes on an event
_EVENT_DAYS = 3
_GOALS = 5  # moments of a match at which everybody posts
_GOAL_DECAY = 0.02  # how much faster attention to such a moment falls than to the match
_FAVOURITES = 5
_REACH_EXPONENT = 0.7  # how reactions grow with followers
_LUCK = 1.3  # spread of the lognormal of a post's own pull


def daily_life(plan: Plan, day: int) -> Draft:
    """Return the day's posts of ordinary people: who, when, kind and topic, nothing else yet."""
    rng, people = plan.stream("people", day), plan.accounts
    rate = people.rate[: plan.world.people.accounts]
    count = rng.poisson(rate * rng.gamma(_MOOD, 1 / _MOOD, rate.size))
    account = np.repeat(np.arange(rate.size), count)
    return draft(
        account.size,
        account=account,
        time_us=_sittings(plan, day, account, count, rng),
        kind=draw_kinds(plan, account, rng),
        topic=draw_topics(plan, account, rng),
        client=people.client[account],
        deleted=rng.random(account.size) < plan.world.people.deleted_share,
    )


def _sittings(plan: Plan, day: int, account: Ints, count: Ints, rng: np.random.Generator) -> Ints:
    """Return a time for each post: its account's sittings follow the hours of its place."""
    sittings = np.ceil(count**0.6).astype(np.int64)
    owner = np.repeat(np.arange(count.size), sittings)
    start, place = plan.day_start_us(day), plan.accounts.place[owner]
    local = draw_local_hours(RESTS[place, weekday_of(start)], rng) + plan.accounts.chronotype[owner]
    begin = ((local - OFFSETS[place]) % 24) * HOUR_US
    first = np.concatenate([[0], np.cumsum(sittings)])[account]
    sitting = first + (rng.random(account.size) * sittings[account]).astype(np.int64)
    return within_day(start + begin[sitting] + rng.exponential(_SITTING_US, account.size), start)


def draw_kinds(plan: Plan, account: Ints, rng: np.random.Generator) -> Ints:
    """Return for each post its kind, by its account's own habits."""
    people = plan.accounts
    other, reply = rng.random(account.size), people.reply_share[account]
    kind = np.where(other < reply + people.quote_share[account], QUOTE, ORIGINAL)
    kind = np.where(other < reply, REPLY, kind)
    return np.where(rng.random(account.size) < people.repost_share[account], REPOST, kind)


def draw_topics(plan: Plan, account: Ints, rng: np.random.Generator) -> Ints:
    """Return for each post its topic: first interest, second, or general."""
    interests, people, u = plan.world.interests, plan.accounts, rng.random(account.size)
    topic = np.where(u < interests.first_share + interests.second_share, people.second[account], plan.general)
    return plan.topic_key(np.where(u < interests.first_share, people.community[account], topic), account)


def attention(plan: Plan, happening: Happening, day: int) -> Draft:
    """Return the posts that an event draws on a day: a sharp start and a decay, or a match's moments."""
    event, people = happening.event, plan.accounts
    if not event.day <= day < event.day + _EVENT_DAYS:
        return draft(0)
    rng = plan.stream(f"event {happening.number}", event.day)
    eager = people.rate[happening.participants] ** 0.5
    account = np.repeat(happening.participants, rng.poisson(event.posts_each * eager / eager.mean()))
    if event.kind == "breaking_news":
        after_h = rng.exponential(event.decay_h, account.size)
    else:
        goals = np.append(np.sort(rng.uniform(0, 1.9, _GOALS - 1)), 1.95)
        after_h = goals[rng.integers(0, _GOALS, account.size)]
        after_h += rng.exponential(_GOAL_DECAY * event.decay_h, account.size)
    time_us = happening.start_us + (after_h * HOUR_US).astype(np.int64)
    kind = rng.choice([ORIGINAL, REPOST, REPLY, QUOTE], account.size, p=_EVENT_KINDS)
    here = (time_us >= plan.day_start_us(day)) & (time_us < plan.day_start_us(day + 1))
    rows = np.flatnonzero(here & (rng.random(account.size) < _awake(plan, account, time_us)))
    return draft(
        rows.size,
        account=account[rows],
        time_us=time_us[rows],
        kind=kind[rows],
        topic=plan.topic_key(happening.topic, account[rows]),
        client=people.client[account[rows]],
        label=LABEL[event.kind],
    )


def _awake(plan: Plan, account: Ints, time_us: Ints) -> Floats:
    """Return each account's activity at a time as a share of its peak."""
    people = plan.accounts
    place = people.place[account]
    return awake(time_us, OFFSETS[place], people.chronotype[account], RESTS[place])


def draw_weights(plan: Plan, posts: Draft, rng: np.random.Generator) -> None:
    """Give each post its pull on readers: the author's following and the post's own luck."""
    reach = (plan.accounts.followers[posts["account"]] + 10.0) ** _REACH_EXPONENT
    posts["weight"][:] = reach * rng.lognormal(0, _LUCK, reach.size)
    posts["weight"][posts["kind"] == REPLY] *= 0.1


def react(plan: Plan, pool: Pool, reactions: Draft, rng: np.random.Generator) -> None:
    """Choose for each reaction the post that its reader sees: of its topic, or of a favourite author."""
    delays = plan.world.delays
    account, time_us = reactions["account"], reactions["time_us"]
    seen = pool.feed.draw(reactions["topic"], time_us, delays.median_s, delays.sigma, rng)
    loyal = (reactions["kind"] == REPOST) & (rng.random(account.size) < plan.world.interests.favourite_share)
    ordinary = reactions["topic"] % plan.topics.count <= plan.general
    rows = np.flatnonzero(loyal & ordinary)
    author = _favourites(plan, account[rows], rng)
    liked = pool.by_author.draw(author, time_us[rows], delays.median_s, delays.sigma, rng)
    seen[rows] = np.where(liked >= 0, liked, seen[rows])
    reactions["source"][:] = seen


def _favourites(plan: Plan, account: Ints, rng: np.random.Generator) -> Ints:
    """Return for each account one of its five favourite authors: always the same five."""
    number = rng.integers(0, _FAVOURITES, account.size)
    key = scramble(account * _FAVOURITES + number) ^ np.uint64(plan.seed)
    topic = plan.topic_key(plan.accounts.community[account], account)
    return plan.prominent.at(topic, share_of(scramble(key)))


def surge(plan: Plan, day: int, pool: Pool, reposts: int) -> Draft:
    """Return reposts within the first minutes of the day's strongest posts, by readers who are awake."""
    rng, delays = plan.stream("surge", day), plan.world.delays
    fresh = np.flatnonzero(pool.posts["time_us"] >= plan.day_start_us(day))
    # About half of the readers drawn turn out to be asleep.
    wanted = round(2 * reposts * delays.surge_share / (1 - delays.surge_share))
    if not wanted or not fresh.size:
        return draft(0)
    # As many readers as there is audience for it: a topic of forty people has no rush of twenty.
    audience = plan.readers.total(pool.posts["topic"][fresh])
    pull = np.cumsum(audience * pool.posts["weight"][fresh].astype(np.float64) ** 1.2)
    source = fresh[np.searchsorted(pull, rng.random(wanted) * pull[-1])]
    reader = plan.readers.draw(pool.posts["topic"][source], rng)
    delay = rng.lognormal(np.log(delays.surge_median_s * 1e6), 1.0, wanted)
    time_us = pool.posts["time_us"][source] + delay.astype(np.int64)
    shown = (reader >= 0) & (rng.random(wanted) < _awake(plan, reader, time_us))
    rows = np.flatnonzero(shown & (time_us < plan.day_start_us(day + 1)))
    topic = pool.posts["topic"][source[rows]]
    return draft(
        rows.size,
        account=reader[rows],
        time_us=time_us[rows],
        kind=REPOST,
        topic=topic,
        source=source[rows],
        client=plan.accounts.client[reader[rows]],
        label=np.asarray(plan.topics.label)[topic % plan.topics.count],
    )
