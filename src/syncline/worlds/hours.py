"""Hours of the day: when people are awake, when staff are at their desks.

The ordinary profile has the night trough and the evening peak that diurnal studies of social media
agree on (Golder and Macy 2011; ten Thij et al. 2014); on days of rest it begins later.
"""

import numpy as np

from syncline.worlds.columns import Array, Flags, Floats, Ints

HOUR_US = 3_600_000_000
DAY_US = 24 * HOUR_US

_WORKDAY = [0.35, 0.2, 0.1, 0.06, 0.05, 0.09, 0.3, 0.65, 0.85, 0.9, 0.95, 1.0]
_WORKDAY += [1.05, 1.0, 0.95, 0.95, 1.0, 1.05, 1.1, 1.2, 1.3, 1.3, 1.1, 0.7]
_RESTDAY = [0.55, 0.4, 0.25, 0.12, 0.06, 0.05, 0.08, 0.2, 0.45, 0.75, 1.0, 1.1]
_RESTDAY += [1.1, 1.05, 1.0, 1.0, 1.0, 1.05, 1.1, 1.15, 1.25, 1.25, 1.1, 0.8]
PROFILES: Floats = np.array([_WORKDAY, _RESTDAY])
_CUMULATIVE: Floats = np.cumsum(PROFILES, axis=1) / PROFILES.sum(axis=1, keepdims=True)
_AWAKE: Floats = PROFILES / PROFILES.max()


def draw_local_hours(resting: Flags, rng: np.random.Generator) -> Floats:
    """Return a local hour in [0, 24) for each row, from the profile of its day."""
    profile = resting.astype(np.int64)
    flat = (_CUMULATIVE + np.arange(2)[:, None]).ravel()
    hour = np.searchsorted(flat, profile + rng.random(resting.size), side="right") - 24 * profile
    local: Floats = np.minimum(hour, 23) + rng.random(resting.size)
    return local


def awake(time_us: Ints, utc_offset: Array, chronotype: Array, rests: Flags) -> Floats:
    """Return for each row the activity of its local hour as a share of the peak.

    `rests` is (rows, 7): whether the account rests on each weekday, Monday first.
    """
    local = time_us / HOUR_US + utc_offset
    weekday = (np.floor(local / 24).astype(np.int64) + 3) % 7
    resting = rests[np.arange(time_us.size), weekday]
    hour = np.floor((local - chronotype) % 24).astype(np.int64) % 24
    return _AWAKE[resting.astype(np.int64), hour]


def weekday_of(day_start_us: int) -> int:
    """Return the weekday of a UTC day, Monday is 0."""
    return (day_start_us // DAY_US + 3) % 7


def within_day(time_us: Array, day_start_us: int) -> Ints:
    """Return times of which those past either end of the day are reflected into it."""
    inside = np.abs(time_us.astype(np.int64) - day_start_us) % (2 * DAY_US)
    inside = np.where(inside >= DAY_US, 2 * DAY_US - 1 - inside, inside)
    return inside + day_start_us
