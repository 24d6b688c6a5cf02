"""The standing facts of one simulated world: who is there, what they care about, what will happen."""

from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

import numpy as np

from syncline.worlds.columns import Array, Ints
from syncline.worlds.feeds import Audience
from syncline.worlds.hours import DAY_US
from syncline.worlds.population import Population
from syncline.worlds.vocabulary import LANGUAGES, WORDS
from syncline.worlds.world import Camp, Event, World

SITES = 3  # sites a topic


@dataclass
class Topics:
    """Communities first, then the general topic, then events, groups and camps.

    A post's `topic` is platform * count + topic, since nobody sees across platforms.
    """

    language: list[int] = field(default_factory=list)
    label: list[int] = field(default_factory=list)
    first_tag: list[int] = field(default_factory=list)
    tags: list[int] = field(default_factory=list)
    tag_names: list[str] = field(default_factory=list)
    _names: set[str] = field(default_factory=set)
    _coined: int = 0

    @property
    def count(self) -> int:
        """Number of topics."""
        return len(self.language)

    def add(self, language: int, tags: int, label: int = 0) -> int:
        """Make a topic with so many hashtags of its own; return its number."""
        self.language.append(language)
        self.label.append(label)
        self.first_tag.append(self.coin_tags(language, tags))
        self.tags.append(tags)
        return self.count - 1

    def coin_tags(self, language: int, tags: int) -> int:
        """Coin hashtags of two words, each new to the world; return the number of the first."""
        first = len(self.tag_names)
        words = [word.capitalize() for word in WORDS[LANGUAGES[language]] if len(word) > 2]
        while len(self.tag_names) < first + tags:
            lap, start = divmod(self._coined, len(words))
            again, step = divmod(lap, len(words) - 1)
            name = words[start] + words[(start + step + 1) % len(words)] + (str(again + 1) if again else "")
            self._coined += 1
            if name not in self._names:
                self.tag_names.append(name)
                self._names.add(name)
        return first


@dataclass
class Happening:
    """An event with the accounts that it draws in."""

    event: Event
    number: int
    topic: int
    start_us: int
    participants: Ints


@dataclass
class Group:
    """One innocent group."""

    kind: str
    number: int
    topic: int  # its own, or that of its members' community
    members: Ints  # the leader, where there is one, comes first
    days: tuple[int, ...]  # on which it acts as a group
    hour: float = 0.0  # UTC hour at which it begins


@dataclass
class Directive:
    """One order of one day: what it is about and to whom it was given."""

    number: int
    day: int
    kind: str  # hashtag, target, applaud or link
    target: int  # number of the hashtag, the account or the link
    start_us: int
    ordered: Ints


@dataclass
class Workplace:
    """A camp with its staff at their desks."""

    camp: Camp
    number: int
    topic: int
    members: Ints
    operator: Ints  # of each member
    shift: Ints  # of each member
    directives: list[Directive]


@dataclass
class Plan:
    """A world ready to be lived through, day by day."""

    world: World
    seed: int
    start_us: int
    accounts: Population
    topics: Topics
    general: int
    happenings: list[Happening]
    groups: list[Group]
    workplaces: list[Workplace]
    sites: list[str]
    readers: Audience  # of each topic, by activity
    prominent: Audience  # of each topic, by following

    def stream(self, name: str, day: int = 0) -> np.random.Generator:
        """Return the random numbers of one actor on one day: nobody's draws move another's."""
        return random_stream(self.seed, name, day)

    def day_start_us(self, day: int) -> int:
        """Return the first microsecond of a day of the world."""
        return self.start_us + day * DAY_US

    def topic_key(self, topic: Array | int, account: Array) -> Ints:
        """Return the topic column of posts on a topic by these accounts."""
        platform = self.accounts.platform[account].astype(np.int64)
        return platform * self.topics.count + np.asarray(topic, np.int64)


def site_of(topic: Any) -> Any:
    """Return the number of a topic's own site; each topic has three sites from there on."""
    return SITES * topic


def random_stream(seed: int, name: str, day: int = 0) -> np.random.Generator:
    """Return the generator of (seed, name, day)."""
    return np.random.default_rng([seed, crc32(name.encode()), day])
