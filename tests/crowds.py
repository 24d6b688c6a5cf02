"""Logs drawn directly: a crowd that has tastes and news, and rings that act together in it."""

import numpy as np

from evidence import DAY, HOUR, SECOND, START, Ints, Traces, traces


def crowd(
    rng: np.random.Generator,
    *,
    accounts: int,
    acts: float,
    days: int,
    objects_per_day: int,
    communities: int = 1,
    loyalty: float = 0.8,
    eager: int = 0,
) -> Traces:
    """People who share what is popular, soon after it appears: half of it within three hours.

    `acts` is the mean number of acts of an account, lognormal over accounts; `loyalty` the share of them within the
    account's own community. Accounts and objects are numbered from 0. The first `eager` accounts share in the first
    minutes whatever they share, and so does everybody else with one act in four.
    """
    activity = rng.lognormal(0, 1.2, accounts)
    account = np.repeat(np.arange(accounts), rng.poisson(activity * acts / activity.mean()))
    objects = objects_per_day * days
    taste, subject = rng.integers(0, communities, accounts), rng.integers(0, communities, objects)
    pull = rng.lognormal(0, 1.5, objects)
    wanted = np.where(rng.random(account.size) < loyalty, taste[account], communities)
    chosen = np.empty(account.size, np.int64)
    for community in range(communities + 1):
        there = np.flatnonzero((subject == community) | (community == communities))
        rows = np.flatnonzero(wanted == community)
        chosen[rows] = rng.choice(there, rows.size, p=pull[there] / pull[there].sum())
    born = rng.integers(0, days * DAY, objects)
    delay = rng.lognormal(np.log(3 * HOUR), 1.2, account.size)
    if eager:
        at_once = (account < eager) | (rng.random(account.size) < 0.25)
        delay = np.where(at_once, rng.exponential(5 * 60 * SECOND, account.size), delay)
    return traces(chosen, account, START + born[chosen] + delay.astype(np.int64))


def ring(
    rng: np.random.Generator,
    accounts: Ints,
    objects: Ints,
    days: Ints,
    *,
    within_s: int = 30,
    share: float = 0.8,
) -> Traces:
    """Accounts that act on each object at one moment of one of `days`, each taking part with chance `share`."""
    size = len(accounts)
    moment = rng.choice(days, len(objects)) * DAY + rng.integers(0, DAY - HOUR, len(objects))
    time_us = START + np.repeat(moment, size) + rng.integers(0, within_s * SECOND, size * len(objects))
    here = rng.random(size * len(objects)) < share
    return traces(np.repeat(objects, size)[here], np.tile(accounts, len(objects))[here], time_us[here])


def popular(rng: np.random.Generator, log: Traces, at_least: int, count: int) -> Ints:
    """Objects that this many people of the log acted on."""
    return rng.choice(np.flatnonzero(np.bincount(log.object) >= at_least), count, replace=False)


def passing_crowd(
    rng: np.random.Generator, *, accounts: int, acts: float, days: int, stay: int, objects_per_day: int
) -> Traces:
    """People who are there for `stay` days in a row and share that day's news, within hours of its appearance.

    Everybody arrives on a day drawn from the whole log; `acts` is the mean number of acts of an account.
    """
    arrival = rng.integers(0, days - stay, accounts)
    account = np.repeat(np.arange(accounts), rng.poisson(rng.gamma(1.5, acts / 1.5, accounts)))
    day = arrival[account] + rng.integers(0, stay, account.size)
    pull = np.cumsum(rng.lognormal(0, 1.5, (days, objects_per_day)), axis=1)
    place = rng.random(account.size) * pull[day, -1]
    chosen = day * objects_per_day + (place[:, None] > pull[day]).sum(axis=1)
    born = rng.integers(0, 18 * HOUR, days * objects_per_day)
    delay = rng.lognormal(np.log(HOUR), 1.0, account.size).astype(np.int64)
    return traces(chosen, account, START + day * DAY + (born[chosen] + delay) % DAY)
