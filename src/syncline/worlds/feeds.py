"""What people see: posts and stories by topic and age, and who reads a topic."""

import numpy as np

from syncline.worlds.columns import Array, Floats, Ints
from syncline.worlds.hours import HOUR_US

_SHIFT = 42  # the topic sits above 42 bits of time: 50 days of microseconds
OLDEST_US = 72 * HOUR_US


class Feed:
    """Things with a topic, a time of birth and a weight, drawn by topic and age."""

    def __init__(self, topic: Array, time_us: Array, weight: Array) -> None:
        self._base = int(time_us.min()) if time_us.size else 0
        key = (topic.astype(np.int64) << _SHIFT) | (time_us.astype(np.int64) - self._base)
        self._order = np.argsort(key, kind="stable")
        self._key = key[self._order]
        self._cumulative = np.concatenate([[0.0], np.cumsum(weight[self._order], dtype=np.float64)])

    def draw(
        self, topic: Array, time_us: Ints, median_s: float, sigma: float, rng: np.random.Generator
    ) -> Ints:
        """Return for each reader the row of a thing of the topic born before `time_us`, or -1.

        The age wished for is lognormal; among things of half to twice that age the weights decide,
        so that popular things win without bending the delay curve.
        """
        age = rng.lognormal(np.log(median_s * 1e6), sigma, time_us.size)
        age = np.minimum(age, OLDEST_US / 2)
        floor = topic.astype(np.int64) << _SHIFT
        now = np.maximum(time_us - self._base, 0)
        first = np.searchsorted(self._key, floor)
        last = np.searchsorted(self._key, floor + now)
        low = np.searchsorted(self._key, floor + np.maximum(now - (2 * age).astype(np.int64), 0))
        high = np.searchsorted(self._key, floor + np.maximum(now - (0.5 * age).astype(np.int64), 0))
        nothing = high <= low
        low, high = np.where(nothing, first, low), np.where(nothing, last, high)
        found = self._weighted(low, high, rng)
        return np.where(high > low, self._order[found], -1) if self._order.size else np.full(time_us.size, -1)

    def _weighted(self, low: Ints, high: Ints, rng: np.random.Generator) -> Ints:
        start, end = self._cumulative[low], self._cumulative[high]
        wanted = start + rng.random(low.size) * (end - start)
        found: Ints = np.searchsorted(self._cumulative, wanted, side="right") - 1
        found = np.clip(found, low, np.maximum(high - 1, low))
        return np.clip(found, 0, max(self._order.size - 1, 0))


class Audience:
    """The accounts of each topic with weights, drawn with replacement."""

    def __init__(self, members: list[Array], weight: Floats) -> None:
        sizes = np.array([group.size for group in members])
        self._start = np.concatenate([[0], np.cumsum(sizes)])
        self._members: Ints = np.concatenate(members).astype(np.int64)
        self._cumulative = np.concatenate([[0.0], np.cumsum(weight[self._members])])

    def draw(self, topic: Array, rng: np.random.Generator) -> Ints:
        """Return one account for each topic; -1 where a topic has nobody."""
        return self.at(topic, rng.random(topic.size))

    def at(self, topic: Array, place: Floats) -> Ints:
        """Return the account at a place in [0, 1) of each topic's cumulative weights; -1 if nobody."""
        low, high = self._start[topic], self._start[topic + 1]
        start, end = self._cumulative[low], self._cumulative[high]
        wanted = start + place * (end - start)
        found = np.searchsorted(self._cumulative, wanted, side="right") - 1
        found = np.clip(found, low, np.maximum(high - 1, low)).clip(0, self._members.size - 1)
        return np.where(high > low, self._members[found], -1)

    def total(self, topic: Array) -> Floats:
        """Return the summed weight of each topic's accounts: how large its audience is."""
        found: Floats = self._cumulative[self._start[topic + 1]] - self._cumulative[self._start[topic]]
        return found
