"""Make the plan of a world: settle who is there, what there is to talk about, what will happen."""

from datetime import UTC, datetime

import numpy as np

from syncline.worlds import camp, innocent, population
from syncline.worlds.columns import LABEL, Ints
from syncline.worlds.feeds import Audience
from syncline.worlds.hours import HOUR_US
from syncline.worlds.plan import SITES, Group, Happening, Plan, Topics, random_stream
from syncline.worlds.population import Population
from syncline.worlds.vocabulary import LANGUAGES, WORDS
from syncline.worlds.world import World

_COMMUNITY_TAGS, _GENERAL_TAGS, _EVENT_TAGS = 40, 150, 3


def make_plan(world: World) -> Plan:
    """Settle everything about a world that does not change from day to day."""
    midnight = datetime(world.start.year, world.start.month, world.start.day, tzinfo=UTC)
    start_us = int(midnight.timestamp()) * 1_000_000
    seed = world.seed
    accounts = population.organic(world, start_us, random_stream(seed, "population"))
    topics = Topics()
    for language in population.community_languages(world):
        topics.add(int(language), _COMMUNITY_TAGS)
    general = topics.add(LANGUAGES.index("en"), _GENERAL_TAGS)
    happenings = [_happening(world, n, accounts, topics, start_us) for n in range(len(world.events))]
    groups = innocent.recruit(world, accounts, topics, random_stream(seed, "groups"))
    _label_participants(accounts, happenings)
    for number, settings in enumerate(world.camps):
        rng = random_stream(seed, f"staff {number}")
        accounts = accounts.extended(camp.recruit(world, settings, number, accounts.size, start_us, rng))
    workplaces = []
    for number, settings in enumerate(world.camps):
        rng = random_stream(seed, f"directives {number}")
        workplaces.append(camp.open_workplace(world, settings, number, accounts, topics, start_us, rng))
    readers, prominent = _audiences(world, accounts, topics, general, happenings, groups)
    return Plan(
        world=world,
        seed=seed,
        start_us=start_us,
        accounts=accounts,
        topics=topics,
        general=general,
        happenings=happenings,
        groups=groups,
        workplaces=workplaces,
        sites=_sites(SITES * topics.count),
        readers=readers,
        prominent=prominent,
    )


def _happening(world: World, number: int, accounts: Population, topics: Topics, start_us: int) -> Happening:
    """Draw the participants of an event, active people rather than others."""
    event, rng = world.events[number], random_stream(world.seed, f"participants {number}")
    topic = topics.add(LANGUAGES.index("en"), _EVENT_TAGS, LABEL[event.kind])
    pull = np.sqrt(accounts.rate)
    size = max(round(event.share * accounts.size), 1)
    participants = rng.choice(accounts.size, size, replace=False, p=pull / pull.sum())
    at = start_us + int((24 * event.day + event.hour) * HOUR_US)
    return Happening(event, number, topic, at, np.sort(participants))


def _label_participants(accounts: Population, happenings: list[Happening]) -> None:
    for happening in happenings:
        unlabelled = happening.participants[accounts.innocent[happening.participants] == 0]
        accounts.innocent[unlabelled] = LABEL[happening.event.kind]


def _sites(count: int) -> list[str]:
    """Return names of sites under the reserved domain `.example` (RFC 2606)."""
    words = [word for word in WORDS["en"] if len(word) > 3]
    size = len(words)
    names = []
    for number in range(count):
        lap, first = divmod(number, size)
        again = lap // (size - 1)
        second = words[(first + lap % (size - 1) + 1) % size]
        names.append(f"{words[first]}-{second}{again + 1 if again else ''}.example")
    return names


def _audiences(
    world: World,
    accounts: Population,
    topics: Topics,
    general: int,
    happenings: list[Happening],
    groups: list[Group],
) -> tuple[Audience, Audience]:
    """Return who reads each topic on each platform, by activity, and who is named there, by following."""
    everybody = np.flatnonzero(accounts.camp < 0)
    inside = {topic: everybody[accounts.community[everybody] == topic] for topic in range(general)}
    inside[general] = everybody
    inside |= {happening.topic: happening.participants for happening in happenings}
    inside |= {group.topic: group.members for group in groups if group.topic > general}
    members: list[Ints] = []
    for platform in range(len(world.people.platforms)):
        for topic in range(topics.count):
            there = inside.get(topic, everybody[:0])
            members.append(there[accounts.platform[there] == platform])
    return Audience(members, accounts.rate), Audience(members, (accounts.followers + 1.0) ** 0.7)
