"""Live a world day by day, and hand each finished day on."""

from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np

from syncline.worlds import camp, innocent, organic, population
from syncline.worlds.columns import LABEL, ORIGINAL, REPOST, Draft, Ints, join, take
from syncline.worlds.content import NewStories, Stories, add_content, new_stories
from syncline.worlds.feeds import Audience
from syncline.worlds.plan import Group, Happening, Plan, Topics, random_stream
from syncline.worlds.pool import DAYS, Pool
from syncline.worlds.population import Population
from syncline.worlds.vocabulary import LANGUAGES, WORDS
from syncline.worlds.world import World

# Twitter's epoch: its ids hold the milliseconds since then above 22 other bits.
X_EPOCH_MS = 1_288_834_974_657


def make_plan(world: World, seed: int) -> Plan:
    """Settle the population, the topics, the groups and the events of a world."""
    midnight = datetime(world.start.year, world.start.month, world.start.day, tzinfo=UTC)
    start_us = int(midnight.timestamp()) * 1_000_000
    accounts = population.organic(world, start_us, random_stream(seed, "population"))
    topics = Topics()
    for language in population.community_languages(world):
        topics.add(int(language), tags=40)
    general = topics.add(LANGUAGES.index("en"), tags=150)
    happenings = [_happening(world, n, accounts, topics, seed) for n in range(len(world.events))]
    groups = innocent.recruit(world, accounts, topics, random_stream(seed, "groups"))
    for number, settings in enumerate(world.camps):
        rng = random_stream(seed, f"camp {number}")
        accounts = accounts.extended(camp.recruit(world, settings, number, accounts.size, start_us, rng))
    outlets = 3 * (general + 1)
    for group in groups:
        group.domain = outlets + group.number
    own = outlets + len(groups)
    workplaces = [
        camp.open_workplace(
            world, settings, n, accounts, topics, own + n, start_us, random_stream(seed, f"directives {n}")
        )
        for n, settings in enumerate(world.camps)
    ]
    readers, prominent = _audiences(world, accounts, topics, general, happenings, groups)
    return Plan(
        world,
        seed,
        start_us,
        accounts,
        topics,
        general,
        happenings,
        groups,
        workplaces,
        _domains(own + len(workplaces)),
        readers,
        prominent,
    )


def _happening(world: World, number: int, accounts: Population, topics: Topics, seed: int) -> Happening:
    event = world.events[number]
    rng = random_stream(seed, f"participants {number}")
    topic = topics.add(LANGUAGES.index("en"), tags=3, label=LABEL[event.kind])
    size = max(round(event.share * accounts.size), 1)
    pull = np.sqrt(accounts.rate)
    participants = rng.choice(accounts.size, size, replace=False, p=pull / pull.sum())
    unlabelled = participants[accounts.innocent[participants] == 0]
    accounts.innocent[unlabelled] = LABEL[event.kind]
    return Happening(event, number, topic, np.sort(participants))


def _domains(count: int) -> list[str]:
    words = [word for word in WORDS["en"] if len(word) > 3]
    size = len(words)
    return [f"{words[n % size]}-{words[(n // size * 7 + n + 1) % size]}.example" for n in range(count)]


def _audiences(
    world: World,
    accounts: Population,
    topics: Topics,
    general: int,
    happenings: list[Happening],
    groups: list[Group],
) -> tuple[Audience, Audience]:
    """Return who reads each topic on each platform, by activity, and who is named there, by following."""
    members: list[Ints] = []
    everybody = np.flatnonzero(accounts.camp < 0)
    inside = {topic: everybody[accounts.community[everybody] == topic] for topic in range(general)}
    inside |= {general: everybody}
    inside |= {happening.topic: happening.participants for happening in happenings}
    inside |= {group.topic: group.members for group in groups}
    for platform in range(len(world.people.platforms)):
        for topic in range(topics.count):
            readers = inside.get(topic, everybody[:0])
            members.append(readers[accounts.platform[readers] == platform])
    return Audience(members, accounts.rate), Audience(members, (accounts.followers + 1.0) ** 0.7)


def live(plan: Plan) -> Iterator[tuple[int, Draft]]:
    """Yield (day, posts) in order of time, each day when no later one can still react to it."""
    held: list[tuple[int, Draft]] = []
    stories: list[NewStories] = []
    for day in range(plan.world.days):
        stories = [*stories, new_stories(plan, day)][-DAYS:]
        held.append((day, _one_day(plan, day, Stories(stories), [posts for _, posts in held])))
        if len(held) == DAYS:
            yield held.pop(0)
    yield from held


def _one_day(plan: Plan, day: int, stories: Stories, earlier: list[Draft]) -> Draft:
    ordinary = join(
        [
            organic.daily_life(plan, day),
            *(organic.attention(plan, happening, day) for happening in plan.happenings),
            *(camp.pretend(plan, place, day) for place in plan.workplaces),
        ]
    )
    rng = plan.stream("content", day)
    add_content(plan, day, ordinary, stories, rng)
    original = ordinary["kind"] == ORIGINAL
    organic.draw_weights(plan, ordinary, rng)
    today = join(
        [
            take(ordinary, original),
            *(innocent.start(plan, group, day) for group in plan.groups),
            *(camp.write_posts(plan, place, day) for place in plan.workplaces),
        ]
    )
    _number(plan, today, 0)
    pool = Pool(today, earlier)
    reactions = take(ordinary, ~original)
    organic.react(plan, pool, reactions, rng)
    reposts = int((reactions["kind"] == REPOST).sum())
    following = [organic.surge(plan, day, pool, reposts)]
    following += [innocent.follow(plan, group, day, pool) for group in plan.groups]
    for place in plan.workplaces:
        following += camp.answer_orders(plan, place, day, pool)
    found = pool.resolve(join([reactions, *following]))
    _number(plan, found, today["account"].size)
    return join([today, found])


def _number(plan: Plan, posts: Draft, before: int) -> None:
    """Give each post an id of its platform's kind: milliseconds above 22 bits, unique in the day."""
    serial = (before + np.arange(posts["account"].size)) & 0x3FFFFF
    on_x = plan.accounts.platform[posts["account"]] == _x(plan)
    milliseconds = posts["time_us"] // 1000 - np.where(on_x, X_EPOCH_MS, 0)
    posts["post_id"][:] = (milliseconds << 22) | serial
    fresh = posts["thread"] < 0
    posts["thread"][fresh] = posts["post_id"][fresh]


def _x(plan: Plan) -> int:
    platforms = list(plan.world.people.platforms)
    return platforms.index("x") if "x" in platforms else -1
