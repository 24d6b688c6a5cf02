"""Objects of one directive: a network that pushes a hashtag pushes the texts, links and posts that carry it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import groupby

from syncline.campaigns.constants import SHARED

# Which of two equally large objects says most plainly what was asked for.
_PLAINEST = ("applause", "reply", "mention", "hashtag", "url", "repost", "media", "text")
_OF_ACCOUNTS = frozenset({"applause", "reply", "mention"})


@dataclass(frozen=True)
class Taken:
    """One object on one day: the members that took it up, and their posts on it."""

    kind: str
    key: str
    accounts: frozenset[int]
    posts: frozenset[str]


def leaders(objects: Sequence[Taken]) -> list[int]:
    """For each object, the place of the object that leads its directive; a leader's is its own.

    Objects are placed from the one with most members downwards. Each belongs to the first object before it that
    holds most of its posts and of its members, or that is the same account addressed in another way, and follows
    that object's leader. A mention never leads where the same account is answered or applauded too, since a
    mention alone does not say which of the two it is.
    """
    told = {taken.key for taken in objects if taken.kind in _OF_ACCOUNTS and taken.kind != "mention"}
    order = sorted(range(len(objects)), key=lambda place: _prominence(objects[place], told))
    leader = list(range(len(objects)))
    # Whoever holds an object's posts has some of them: those placed before, by their posts and as accounts.
    placed: dict[str, list[int]] = defaultdict(list)
    for rank, place in enumerate(order):
        marks = _marks(objects[place])
        near = (order[one] for one, _ in groupby(merge(*(placed[mark] for mark in marks))))
        holder = next((one for one in near if _belongs(objects[place], objects[one])), place)
        leader[place] = leader[holder]
        for mark in marks:
            placed[mark].append(rank)
    return leader


def _marks(taken: Taken) -> list[str]:
    """What an object has in common with every object that it may belong to."""
    posts = [f"post {post}" for post in taken.posts]
    return [*posts, f"account {taken.key}"] if taken.kind in _OF_ACCOUNTS else posts


def _prominence(taken: Taken, told: set[str]) -> tuple[bool, int, int, int, str]:
    vague = taken.kind == "mention" and taken.key in told
    return vague, -len(taken.accounts), -len(taken.posts), _PLAINEST.index(taken.kind), taken.key


def _belongs(taken: Taken, holder: Taken) -> bool:
    if taken.key == holder.key and {taken.kind, holder.kind} <= _OF_ACCOUNTS:
        return True
    return len(taken.posts & holder.posts) >= SHARED * len(taken.posts) and len(
        taken.accounts & holder.accounts
    ) >= SHARED * len(taken.accounts)
