"""The camp before its first day: accounts in batches, operators, shifts, the directives of every day."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from syncline.worlds.columns import Array, Flags, Ints
from syncline.worlds.hours import DAY_US, HOUR_US, weekday_of
from syncline.worlds.plan import SITES, Directive, Topics, Workplace, site_of
from syncline.worlds.population import (
    PLACE_LANGUAGES,
    PLACE_NAMES,
    ROLE,
    Population,
    community_languages,
    mirror,
    shares,
)
from syncline.worlds.world import Camp, World

_PORTRAITS = 7  # portraits that a camp reuses
_KNOWN = 16  # people that a camp keeps an eye on: half to attack, half to applaud
_OWN_SHARE = 0.5  # of hashtags and links handed down: the camp's own rather than everybody's
_COMMON_TAGS = 20  # of everybody's hashtags, those that are worth joining


def recruit(
    world: World, camp: Camp, number: int, before: int, start_us: int, rng: np.random.Generator
) -> Population:
    """Return the accounts of a camp; `before` is the number of accounts already there."""
    count = camp.accounts
    homes = np.array([PLACE_NAMES.index(name) for name in camp.claimed_places])
    claimed = rng.choice(homes, count, p=shares(camp.claimed_places))
    language = PLACE_LANGUAGES[claimed]
    community = _communities(world, language, rng)
    roles = np.array([ROLE[name] for name in camp.roles])
    portrait = rng.integers(0, _PORTRAITS, count)
    accounts = Population(
        platform=rng.permutation(_parts(world.people.platforms, count)),
        place=claimed,
        claimed=claimed.copy(),
        language=language,
        community=community,
        second=community.copy(),
        rate=np.zeros(count),
        repost_share=rng.beta(3, 3, count),
        reply_share=rng.beta(1, 4, count),
        quote_share=rng.beta(1, 10, count),
        followers=rng.lognormal(np.log(90), 1.2, count).astype(np.int64),
        following=rng.lognormal(np.log(400), 0.7, count).astype(np.int64),
        client=rng.integers(0, 3, count),
        chronotype=np.zeros(count),
        created_us=_batches(camp, count, start_us, rng),
        person=before + np.arange(count) // max(round(camp.personas_per_operator), 1),
        role=rng.permutation(roles[_parts(camp.roles, count)]),
        innocent=np.zeros(count, np.int64),
        echoed_by=np.full(count, -1),
        group=np.full(count, -1),
        camp=np.full(count, number),
        portrait=np.where(_some(rng, count, camp.reused_portrait_share), portrait, -1),
        arabic_keyboard=_some(rng, count, world.people.arabic_keyboard_share),
        patterned=_some(rng, count, camp.patterned_handle_share),
        templated=_some(rng, count, camp.template_bio_share),
        renamed=_some(rng, count, camp.handle_change_share),
    )
    mirror(accounts, camp.mirror_share, rng)
    accounts.echoed_by = np.where(accounts.echoed_by >= 0, accounts.echoed_by + before, -1)
    return accounts


def _communities(world: World, language: Ints, rng: np.random.Generator) -> Ints:
    """Draw for each account one of the communities that speak its language, or any if none does."""
    spoken = community_languages(world)
    drawn = rng.random(language.size)
    community = np.empty(language.size, np.int64)
    for code in np.unique(language):
        there = np.flatnonzero(spoken == code)
        there = there if there.size else np.arange(spoken.size)
        rows = language == code
        community[rows] = there[(drawn[rows] * there.size).astype(np.int64)]
    return community


def _parts(weights: Mapping[Any, float], count: int) -> Ints:
    """Return for each account the number of its part; the parts have the weights' shares, rounded.

    Largest remainders decide, so that no account is lost.
    """
    exact = shares(weights) * count
    parts: Ints = np.floor(exact).astype(np.int64)
    parts[np.argsort(parts - exact, kind="stable")[: count - parts.sum()]] += 1
    return np.repeat(np.arange(parts.size), parts)


def _some(rng: np.random.Generator, count: int, share: float) -> Flags:
    return rng.random(count) < share


def _batches(camp: Camp, count: int, start_us: int, rng: np.random.Generator) -> Ints:
    """Most accounts within hours of one another, in office time, on a few days of the last two years."""
    days = rng.choice(np.arange(40, 700), camp.batches, replace=False)
    office_h = camp.shifts[0][0] - camp.utc_offset + np.minimum(rng.gamma(2.0, 0.8, count), 10.0)
    together = start_us - rng.choice(days, count) * DAY_US + (office_h * HOUR_US).astype(np.int64)
    alone = start_us - (rng.uniform(30, 900, count) * DAY_US).astype(np.int64)
    return np.where(_some(rng, count, camp.batch_share), together, alone)


def open_workplace(
    world: World,
    camp: Camp,
    number: int,
    accounts: Population,
    topics: Topics,
    start_us: int,
    rng: np.random.Generator,
) -> Workplace:
    """Give the camp's accounts their shifts, and write the directives of every working day."""
    members = np.flatnonzero(accounts.camp == number)
    operator = accounts.person[members]
    topic = topics.add(int(accounts.language[members[0]]), tags=0)
    place = Workplace(camp, number, topic, members, operator, operator % len(camp.shifts), [])
    known = _known_people(accounts, rng)
    for day in range(world.days):
        if weekday_of(start_us + day * DAY_US) not in camp.days_off:
            _write_directives(world, place, day, topics, known, start_us, rng)
    return place


def _known_people(accounts: Population, rng: np.random.Generator) -> Ints:
    """Return active, much-followed people: the first half to attack, the second to applaud."""
    organic = accounts.camp < 0
    active = np.flatnonzero(organic & (accounts.rate >= np.quantile(accounts.rate[organic], 0.8)))
    pull = accounts.followers[active] + 1.0
    return rng.choice(active, min(_KNOWN, active.size), replace=False, p=pull / pull.sum())


def _write_directives(
    world: World,
    place: Workplace,
    day: int,
    topics: Topics,
    known: Ints,
    start_us: int,
    rng: np.random.Generator,
) -> None:
    camp, half = place.camp, known.size // 2
    orders = [("hashtag", tag) for tag in _hashtags(world, place, topics, rng)]
    orders += [("target", who) for who in _choose(known[:half], camp.targets_per_day, rng)]
    orders += [("applaud", who) for who in _choose(known[half:], camp.applauded_per_day, rng)]
    orders += [("link", link) for link in _links(world, place, day, rng)]
    for kind, target in orders:
        ordered = place.members[_some(rng, place.members.size, camp.ordered_share)]
        hour = camp.shifts[0][0] - camp.utc_offset + rng.uniform(0, 1)
        at = start_us + day * DAY_US + int(hour * HOUR_US)
        number = place.number * 1_000_000 + len(place.directives)
        place.directives.append(Directive(number, day, kind, int(target), at, ordered))


def _choose(people: Ints, number: int, rng: np.random.Generator) -> Array:
    return rng.choice(people, min(number, people.size), replace=False)


def _hashtags(world: World, place: Workplace, topics: Topics, rng: np.random.Generator) -> list[int]:
    """Return the day's hashtags: half coined by the camp, half taken from what everybody talks about."""
    general = topics.first_tag[world.interests.communities]
    common = rng.choice(_COMMON_TAGS, min(place.camp.hashtags_per_day, _COMMON_TAGS), replace=False)
    own = rng.random(common.size) < _OWN_SHARE
    coined = topics.coin_tags(topics.language[place.topic], int(own.sum()))
    return [*range(coined, coined + int(own.sum())), *(general + common[~own]).tolist()]


def _links(world: World, place: Workplace, day: int, rng: np.random.Generator) -> list[int]:
    """Return the day's links: half on the camp's site, half on sites that others share too."""
    ordinary = site_of(world.interests.communities + 1)
    links = []
    for serial in range(place.camp.links_per_day):
        own = rng.random() < _OWN_SHARE
        site = site_of(place.topic) + int(rng.integers(SITES)) if own else int(rng.integers(ordinary))
        links.append((site << 32) | ((place.number + 1) * 100_000_000 + day * 1_000 + serial))
    return links
