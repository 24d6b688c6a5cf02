"""What of a world reaches the log: its clock, its keywords, its outages, its caps and its polls."""

import numpy as np

from syncline.worlds.columns import REPOST, Draft, Flags, Ints, scramble, share_of, take
from syncline.worlds.hours import DAY_US, HOUR_US
from syncline.worlds.plan import Plan

_GAPS_PER_WEEK = 2
_LATE_BY = 0.5  # a late keyword is added within this share of the world's days


class Collector:
    """Collects the days of one world, in order."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._settings = plan.world.collection
        self._since_us = self._keywords()
        self._gaps_us = self._outages()

    def _keywords(self) -> Ints:
        """Return for each topic the time from which its keywords were followed; far off if never.

        Events, groups and camps are always among the keywords, for a study is about something.
        """
        plan, rng = self._plan, self._plan.stream("keywords")
        never = np.iinfo(np.int64).max
        since = np.full(plan.topics.count, plan.start_us)
        ordinary = plan.general + 1
        late = rng.random(ordinary) < self._settings.late_keyword_share
        wait = rng.integers(0, int(_LATE_BY * plan.world.days) + 1, ordinary) * DAY_US
        since[:ordinary] += np.where(late, wait, 0)
        since[:ordinary][rng.random(ordinary) >= self._settings.keyword_share] = never
        return since

    def _outages(self) -> Ints:
        """Return the starts of the gaps, `_GAPS_PER_WEEK` a week."""
        plan, rng = self._plan, self._plan.stream("outages")
        weeks = -(-plan.world.days // 7)
        start = plan.start_us + rng.uniform(0, 7 * DAY_US, (weeks, _GAPS_PER_WEEK)).astype(np.int64)
        return (start + np.arange(weeks)[:, None] * 7 * DAY_US).ravel()

    def collect(self, posts: Draft) -> Draft:
        """Return those of a day's posts that the log holds, in the order of its clock."""
        posts = take(posts, self._seen(posts))
        self._poll(posts)
        step = max(round(self._settings.resolution_s * 1e6), 1)
        posts["time_us"][:] = posts["time_us"] // step * step
        return take(posts, np.lexsort((posts["post_id"], posts["time_us"])))

    def _seen(self, posts: Draft) -> Flags:
        topic = posts["topic"] % self._plan.topics.count
        seen: Flags = posts["time_us"] >= self._since_us[topic]
        length = self._settings.outage_hours_per_week / _GAPS_PER_WEEK * HOUR_US
        if length:
            for start in self._gaps_us:
                seen &= (posts["time_us"] < start) | (posts["time_us"] >= start + length)
        if self._settings.repost_cap is not None:
            seen &= posts["nth"] < self._settings.repost_cap
        return seen

    def _poll(self, posts: Draft) -> None:
        """Put reposts of polled posts at the time of the next poll, counted from the post's birth."""
        if not self._settings.polled_share:
            return
        polled = share_of(scramble(posts["ref_id"])) < self._settings.polled_share
        rows = np.flatnonzero((posts["kind"] == REPOST) & polled)
        step = round(self._settings.poll_interval_s * 1e6)
        born = posts["ref_time_us"][rows]
        posts["time_us"][rows] = born - (born - posts["time_us"][rows]) // step * step
