"""The accounts of a world as columns of numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from syncline.worlds.columns import LABEL, Array, Flags, Floats, Ints
from syncline.worlds.hours import DAY_US
from syncline.worlds.places import PLACES
from syncline.worlds.vocabulary import LANGUAGES
from syncline.worlds.world import World

PLACE_NAMES = tuple(PLACES)
OFFSETS: Floats = np.array([PLACES[name].utc_offset for name in PLACE_NAMES])
RESTS = np.array([[day in PLACES[name].rest_days for day in range(7)] for name in PLACE_NAMES])
PLACE_LANGUAGES = np.array([LANGUAGES.index(PLACES[name].language) for name in PLACE_NAMES])

ROLES = (
    "person",
    "fan",
    "star",
    "activist",
    "outlet",
    "regional",
    "scheduled",
    "pod_member",
    "attendee",
    "author",
    "booster",
    "replier",
)
ROLE = {name: code for code, name in enumerate(ROLES)}

# Clients: phones and the web for people; the other apps belong to groups.
_PEOPLE_CLIENTS = np.array([0.42, 0.33, 0.2, 0.05])
SCHEDULER_CLIENT, NEWSROOM_CLIENT, AUTOMATION_CLIENT = 4, 5, 6

# The platform's age in years at the world's start, and how seasonal waves swell sign-ups.
_YEARS = 15.0
_SEASON = 0.35

# Who posts more is followed more: the correlation of the two logarithms.
_KEEN_STANDING = 0.4


@dataclass
class Population:
    """One row an account. Organic accounts first, then the camps'."""

    platform: Array  # place in the world's list of platforms
    place: Array  # where the person is
    claimed: Array  # where the profile says
    language: Array
    community: Array
    second: Array
    rate: Floats  # ordinary posts a day
    repost_share: Floats
    reply_share: Floats
    quote_share: Floats
    followers: Array
    following: Array
    client: Array
    chronotype: Floats  # hours later than the place's profile
    created_us: Array
    person: Array
    role: Array
    innocent: Array  # label code of the innocent class; 0 for none
    echoed_by: Array  # account of the same person that repeats what this one posts, or -1
    group: Array  # number of the group, or -1
    camp: Array  # number of the camp, or -1
    portrait: Array  # number of a shared portrait, or -1 for one of its own
    arabic_keyboard: Flags  # writes Persian with the Arabic yeh and kaf
    patterned: Flags  # handle of word, word and eight digits
    templated: Flags  # bio from the camp's template
    renamed: Flags  # handle changed since the first look

    @property
    def size(self) -> int:
        """Number of accounts."""
        return int(self.platform.size)

    def own_by_one_person(self, first: Ints, second: Ints) -> None:
        """Give each of `second` to the owner of the account in `first` beside it, who repeats posts there."""
        alike = (self.place, self.claimed, self.language, self.community, self.second, self.chronotype)
        for column in (*alike, self.person):
            column[second] = column[first]
        self.echoed_by[first] = second

    def extended(self, other: "Population") -> "Population":
        """Return both populations one below the other."""
        names = [field.name for field in fields(self)]
        return Population(
            **{name: np.concatenate([getattr(self, name), getattr(other, name)]) for name in names}
        )


def shares(weights: Mapping[Any, float]) -> Floats:
    """Return the weights as shares of one."""
    values = np.array(list(weights.values()), dtype=np.float64)
    normed: Floats = values / values.sum()
    return normed


def organic(world: World, start_us: int, rng: np.random.Generator) -> Population:
    """Return the ordinary accounts, before any of them joins a group."""
    people, count = world.people, world.people.accounts
    homes = np.array([PLACE_NAMES.index(name) for name in people.places])
    place = rng.choice(homes, count, p=shares(people.places))
    elsewhere = rng.random(count) < people.diaspora_share
    claimed = np.where(elsewhere, rng.choice(homes, count, p=shares(people.places)), place)
    community, second = _communities(world, claimed, rng)
    keen = rng.normal(0, 1, count)
    rate = people.posts_per_day * np.exp(people.activity_sigma * keen - people.activity_sigma**2 / 2)
    standing = _KEEN_STANDING * keen + np.sqrt(1 - _KEEN_STANDING**2) * rng.normal(0, 1, count)
    followers = people.followers_median * np.exp(people.followers_sigma * standing)
    accounts = Population(
        platform=rng.choice(len(people.platforms), count, p=shares(people.platforms)),
        place=place,
        claimed=claimed,
        language=PLACE_LANGUAGES[claimed],
        community=community,
        second=second,
        rate=np.minimum(rate, people.most_posts_per_day),
        repost_share=_beta(people.repost_share, 2.5, count, rng),
        reply_share=_beta(people.reply_share, 3.0, count, rng),
        quote_share=_beta(people.quote_share, 3.0, count, rng),
        followers=followers.astype(np.int64),
        following=np.minimum(rng.lognormal(np.log(300), 1.0, count), 7500).astype(np.int64),
        client=rng.choice(4, count, p=_PEOPLE_CLIENTS),
        chronotype=rng.normal(0, 1.3, count),
        created_us=_creation(start_us, count, rng),
        person=np.arange(count),
        role=np.zeros(count, np.int64),
        innocent=np.zeros(count, np.int64),
        echoed_by=np.full(count, -1),
        group=np.full(count, -1),
        camp=np.full(count, -1),
        portrait=np.full(count, -1),
        arabic_keyboard=rng.random(count) < people.arabic_keyboard_share,
        patterned=rng.random(count) < 0.08,  # the platform's own suggestions look like this
        templated=np.zeros(count, np.bool_),
        renamed=rng.random(count) < 0.02,
    )
    mirrored = mirror(accounts, people.mirror_share, rng)
    accounts.innocent[mirrored] = LABEL["second_account"]
    return accounts


def mirror(accounts: Population, share: float, rng: np.random.Generator) -> Ints:
    """Give a share of the accounts off the first platform to owners of accounts on it.

    Returns all accounts concerned, on either platform.
    """
    there = np.flatnonzero((accounts.platform > 0) & (rng.random(accounts.size) < share))
    owners = rng.permutation(np.flatnonzero(accounts.platform == 0))[: there.size]
    there = there[: owners.size]
    accounts.own_by_one_person(owners, there)
    return np.concatenate([owners, there])


def _communities(world: World, claimed: Array, rng: np.random.Generator) -> tuple[Array, Array]:
    """Zipf-sized communities; each leans to one language, so that most members share it."""
    number = world.interests.communities
    weight = 1.0 / np.arange(1, number + 1) ** world.interests.size_exponent
    language = PLACE_LANGUAGES[claimed]
    home = community_languages(world)
    chosen = np.empty((2, claimed.size), np.int64)
    for code in np.unique(language):
        rows = language == code
        lean = weight * np.where(home == code, 1.0, 0.08)
        chosen[:, rows] = rng.choice(number, (2, int(rows.sum())), p=lean / lean.sum())
    return chosen[0], chosen[1]


def community_languages(world: World) -> Array:
    """Return the language of each community: dealt out by the places' shares, largest first."""
    by_language = np.zeros(len(LANGUAGES))
    for name, share in world.people.places.items():
        by_language[PLACE_LANGUAGES[PLACE_NAMES.index(name)]] += share
    wanted, given = by_language / by_language.sum(), np.zeros(len(LANGUAGES))
    languages = np.empty(world.interests.communities, np.int64)
    for community in range(world.interests.communities):
        languages[community] = int(np.argmax(wanted * (community + 1) - given))
        given[languages[community]] += 1
    return languages


def _beta(mean: float, spread: float, count: int, rng: np.random.Generator) -> Floats:
    if mean in (0.0, 1.0):
        return np.full(count, mean)
    return rng.beta(mean * spread, (1 - mean) * spread, count)


def _creation(start_us: int, count: int, rng: np.random.Generator) -> Array:
    """Sign-ups over the platform's years: growth that slows, with a wave at this time of every year."""
    age = _YEARS * 365.25 * rng.beta(1.0, 1.3, 3 * count)
    season = 1 + _SEASON * np.cos(2 * np.pi * (age / 365.25))
    kept = age[rng.random(age.size) < season / (1 + _SEASON)][:count]
    kept = np.resize(kept, count)
    return start_us - ((kept + 0.5) * DAY_US).astype(np.int64)
