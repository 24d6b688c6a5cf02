"""Posts of the last days that can still be reposted, quoted and answered."""

import numpy as np

from syncline.worlds.columns import (
    CARRIED,
    ORIGINAL,
    QUOTE,
    REPLY,
    REPOST,
    Array,
    Draft,
    Flags,
    Ints,
    join,
    scramble,
    take,
)
from syncline.worlds.feeds import Feed

DAYS = 4  # the day itself and the three before


class Pool:
    """What can be reacted to on one day, with the counts that reactions leave behind."""

    def __init__(self, platform: Ints, today: Draft, earlier: list[Draft]) -> None:
        self._platform = platform
        self._pieces = [*earlier, today]
        self._rows = [np.flatnonzero(piece["kind"] != REPOST) for piece in self._pieces]
        self.posts = join([take(piece, rows) for piece, rows in zip(self._pieces, self._rows, strict=True)])
        reposts = [take(piece, piece["kind"] == REPOST) for piece in earlier]
        self._reposted = np.concatenate(
            [np.empty(0, np.uint64), *(_who_and_what(piece["account"], piece["ref_id"]) for piece in reposts)]
        )
        self.feed = Feed(self.posts["topic"], self.posts["time_us"], self.posts["weight"])
        alike = np.ones(self.posts["account"].size)
        self.by_author = Feed(self.posts["account"], self.posts["time_us"], alike)

    def today(self, day_start_us: int, authors: Ints) -> Ints:
        """Return the rows of originals that these accounts have posted since the day began."""
        fresh = (self.posts["time_us"] >= day_start_us) & (self.posts["kind"] == ORIGINAL)
        return np.flatnonzero(fresh & np.isin(self.posts["account"], authors))

    def resolve(self, reactions: Draft) -> Draft:
        """Return the reactions that found a post, with what they take from it; each repost once."""
        reactions = take(reactions, reactions["source"] >= 0)
        source = reactions["source"]
        found: Flags = self.posts["account"][source] != reactions["account"]
        found &= self._platform[self.posts["account"][source]] == self._platform[reactions["account"]]
        found &= reactions["time_us"] > self.posts["time_us"][source]
        found[np.flatnonzero(found)] &= self._first_reposts(take(reactions, found))
        reactions = take(reactions, found)
        self._carry(reactions)
        self._count(reactions)
        return reactions

    def _first_reposts(self, reactions: Draft) -> Array:
        key = _who_and_what(reactions["account"], self.posts["post_id"][reactions["source"]])
        known = np.isin(key, self._reposted)
        key = np.where(reactions["kind"] == REPOST, key, scramble(np.arange(key.size, dtype=np.uint64)))
        order = np.lexsort((reactions["time_us"], key))
        first: Flags = np.ones(key.size, np.bool_)
        first[order[1:]] = key[order[1:]] != key[order[:-1]]
        first &= ~known | (reactions["kind"] != REPOST)
        return first

    def _carry(self, reactions: Draft) -> None:
        source, kind = reactions["source"], reactions["kind"]
        reactions["ref_id"][:] = self.posts["post_id"][source]
        reactions["ref_account"][:] = self.posts["account"][source]
        reactions["ref_time_us"][:] = self.posts["time_us"][source]
        reposts, answers = kind == REPOST, kind == REPLY
        for name in CARRIED:
            reactions[name][reposts] = self.posts[name][source[reposts]]
        reactions["mention"][answers] = self.posts["account"][source[answers]]
        reactions["thread"][answers] = self.posts["thread"][source[answers]]

    def _count(self, reactions: Draft) -> None:
        """Number the reposts of each post, and add the day's reactions to the posts' own counts."""
        rows = np.flatnonzero(reactions["kind"] == REPOST)
        rows = rows[np.lexsort((reactions["time_us"][rows], reactions["source"][rows]))]
        source = reactions["source"][rows]
        place = np.arange(rows.size) - np.searchsorted(source, source)
        reactions["nth"][rows] = self.posts["reposts"][source] + place
        size = self.posts["account"].size
        for column, kinds in (("reposts", (REPOST, QUOTE)), ("replies", (REPLY,))):
            source = reactions["source"][np.isin(reactions["kind"], kinds)]
            counts, start = np.bincount(source, minlength=size), 0
            for piece, rows in zip(self._pieces, self._rows, strict=True):
                piece[column][rows] += counts[start : start + rows.size].astype(np.int32)
                start += rows.size


def _who_and_what(account: Array, post_id: Array) -> Array:
    return scramble(account.astype(np.uint64)) ^ post_id.astype(np.uint64)
