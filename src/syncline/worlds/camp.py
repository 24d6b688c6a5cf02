"""The camp: staff in shifts, several personas each, daily directives, quotas.

What it does is what studies and former members have described (docs/worlds.md); the only text it
writes is filler words.
"""

from dataclasses import dataclass

import numpy as np

from syncline.worlds.columns import LABEL, ORIGINAL, REPLY, REPOST, Array, Draft, Floats, Ints, draft
from syncline.worlds.hours import DAY_US, HOUR_US, weekday_of, within_day
from syncline.worlds.organic import draw_kinds, draw_topics
from syncline.worlds.plan import Directive, Plan, Topics, Workplace
from syncline.worlds.pool import Pool
from syncline.worlds.population import (
    AUTOMATION_CLIENT,
    PLACE_LANGUAGES,
    PLACE_NAMES,
    ROLE,
    Population,
    community_languages,
    shares,
)
from syncline.worlds.world import Camp, World

_PORTRAITS = 7  # portraits that a camp reuses
_STANDING_LIST = 8  # accounts that a camp keeps attacking, and as many that it applauds
_OWN_SHARE = 0.5  # of hashtags and links handed down: the camp's own rather than everybody's
_PICTURE_SHARE = 0.25
_BOOST_MEDIAN_S = 1_800.0  # age of an author's post when boosters are sent to it


def recruit(
    world: World, camp: Camp, number: int, before: int, start_us: int, rng: np.random.Generator
) -> Population:
    """Return the accounts of a camp; `before` is the number of accounts already there."""
    count = camp.accounts
    homes = np.array([PLACE_NAMES.index(name) for name in camp.claimed_places])
    claimed = rng.choice(homes, count, p=shares(camp.claimed_places))
    language = PLACE_LANGUAGES[claimed]
    homely = community_languages(world)
    community = np.array([rng.choice(_speaking(homely, code)) for code in language])
    roles = np.array([ROLE[name] for name in camp.roles])
    operator = np.arange(count) // max(round(camp.personas_per_operator), 1)
    return Population(
        platform=rng.choice(len(world.people.platforms), count, p=shares(world.people.platforms)),
        place=claimed,
        claimed=claimed,
        language=language,
        community=community,
        second=community,
        rate=np.zeros(count),
        repost_share=rng.beta(3, 3, count),
        reply_share=rng.beta(1, 4, count),
        quote_share=rng.beta(1, 10, count),
        followers=rng.lognormal(np.log(90), 1.2, count).astype(np.int64),
        following=rng.lognormal(np.log(400), 0.7, count).astype(np.int64),
        client=np.zeros(count, np.int64),
        chronotype=np.zeros(count),
        created_us=_batches(camp, count, start_us, rng),
        person=before + operator,
        role=np.repeat(roles, _parts(shares(camp.roles), count))[rng.permutation(count)],
        innocent=np.zeros(count, np.int64),
        group=np.full(count, -1),
        camp=np.full(count, number),
        portrait=_some(rng, count, camp.reused_portrait_share) * (1 + rng.integers(0, _PORTRAITS, count)) - 1,
        patterned=_some(rng, count, camp.patterned_handle_share),
        templated=_some(rng, count, camp.template_bio_share),
        renamed=_some(rng, count, camp.handle_change_share),
    )


def _speaking(homely: Ints, language: int) -> Ints:
    speaking = np.flatnonzero(homely == language)
    return speaking if speaking.size else np.arange(homely.size)


def _some(rng: np.random.Generator, count: int, share: float) -> Array:
    return rng.random(count) < share


def _parts(weights: Floats, count: int) -> Ints:
    """Split a count by weights without loss (largest remainders)."""
    exact = weights * count
    parts: Ints = np.floor(exact).astype(np.int64)
    parts[np.argsort(parts - exact)[: count - parts.sum()]] += 1
    return parts


def _batches(camp: Camp, count: int, start_us: int, rng: np.random.Generator) -> Ints:
    """Most accounts within hours of one another, in office time, on a few days of the last two years."""
    days = rng.choice(np.arange(40, 700), camp.batches, replace=False)
    batch = rng.choice(days, count)
    office = (camp.shifts[0][0] - camp.utc_offset + rng.gamma(2.0, 0.8, count)) * HOUR_US
    together = start_us - batch * DAY_US + office.astype(np.int64)
    alone = start_us - (rng.uniform(30, 900, count) * DAY_US).astype(np.int64)
    return np.where(_some(rng, count, camp.batch_share), together, alone)


def open_workplace(
    world: World,
    camp: Camp,
    number: int,
    accounts: Population,
    topics: Topics,
    domain: int,
    start_us: int,
    rng: np.random.Generator,
) -> Workplace:
    """Give the camp's accounts their operators and shifts, and write the directives of every day."""
    members = np.flatnonzero(accounts.camp == number)
    operator = accounts.person[members]
    shift = (operator % len(camp.shifts)).astype(np.int64)
    topic = topics.add(int(accounts.language[members[0]]), tags=0)
    place = Workplace(camp, number, topic, members, operator, shift, domain, [])
    known = _known_accounts(accounts, rng)
    for day in range(world.days):
        if weekday_of(start_us + day * DAY_US) not in camp.days_off:
            _write_directives(world, place, day, topics, known, start_us, rng)
    return place


def _known_accounts(accounts: Population, rng: np.random.Generator) -> Ints:
    """Return active, much-followed people: the first half to attack, the second to applaud."""
    fit = np.flatnonzero(
        (accounts.camp < 0) & (accounts.rate >= np.quantile(accounts.rate[accounts.camp < 0], 0.8))
    )
    pull = accounts.followers[fit] + 1.0
    return rng.choice(fit, min(2 * _STANDING_LIST, fit.size), replace=False, p=pull / pull.sum())


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
    serial = (place.number + 1) * 10_000_000 + day * 1_000
    objects: list[tuple[str, int]] = []
    for _ in range(camp.hashtags_per_day):
        coined = topics.coin_tags(topics.language[place.topic], 1)
        general = world.interests.communities  # the topic after the communities
        common = topics.first_tag[general] + int(rng.integers(0, 20))
        objects.append(("hashtag", coined if rng.random() < _OWN_SHARE else common))
    objects += [("target", int(who)) for who in rng.choice(known[:half], camp.targets_per_day, replace=False)]
    objects += [
        ("applaud", int(who)) for who in rng.choice(known[half:], camp.applauded_per_day, replace=False)
    ]
    for number in range(camp.links_per_day):
        domain = place.domain if rng.random() < _OWN_SHARE else int(rng.integers(0, place.domain))
        objects.append(("link", (domain << 32) | (serial + number)))
    for kind, target in objects:
        ordered = place.members[_some(rng, place.members.size, camp.ordered_share)]
        hour = camp.shifts[0][0] - camp.utc_offset + rng.uniform(0, 1)
        start = start_us + day * DAY_US + int(hour * HOUR_US)
        order = place.number * 100_000 + len(place.directives)
        place.directives.append(Directive(order, day, kind, target, start, ordered))


@dataclass
class _Calls:
    """Orders of a day broken into waves, and who answers which wave when."""

    orders: list[Directive]
    order: Ints  # of each wave: place in `orders`
    start_us: Ints  # of each wave
    wave: Ints  # of each answer
    member: Ints  # of each answer: the account
    time_us: Ints  # of each answer
    deleted: Ints  # of each answer: whether it is taken down again


def _call(plan: Plan, place: Workplace, day: int, role: str, kinds: tuple[str, ...]) -> _Calls:
    """Call accounts of a role in waves through the office day, as many as their quota asks for."""
    camp, rng = place.camp, plan.stream(f"camp {place.number} {role}", day)
    orders = [order for order in place.directives if order.day == day and order.kind in kinds]
    mine = plan.accounts.role[place.members] == ROLE[role]
    members = place.members[mine]
    nobody: Ints = np.empty(0, np.int64)
    if not orders or not members.size:
        return _Calls(orders, nobody, nobody, nobody, nobody, nobody, nobody)
    shifts = np.array(camp.shifts)
    opens, closes = shifts[:, 0].min(), shifts[:, 1].max()
    answering = camp.wave_share * (1 - camp.dropout)
    present = float(np.diff(shifts).mean() / (closes - opens))
    number = round(camp.quota * (1 - camp.camouflage) / (answering * camp.ordered_share * present))
    local = np.sort(rng.uniform(opens, closes, number))
    start = plan.day_start_us(day) + ((local - camp.utc_offset) * HOUR_US).astype(np.int64)
    order = rng.integers(0, len(orders), number)
    ordered = np.array([np.isin(members, each.ordered) for each in orders])[order]
    at_desk = _at_desk(camp, local[:, None], shifts[place.shift[mine]])
    wave, who = np.nonzero(ordered & (rng.random((number, members.size)) < answering * at_desk))
    delay = _delays(camp, role, wave, place.operator[mine][who], rng)
    time_us = start[wave] + (delay * 1e6).astype(np.int64)
    keep = time_us < plan.day_start_us(day + 1)
    deleted = rng.random(wave.size) < camp.deleted_share
    return _Calls(orders, order, start, wave[keep], members[who][keep], time_us[keep], deleted[keep])


def _at_desk(camp: Camp, local: Floats, shifts: Floats) -> Floats:
    """Return how likely each account's operator is to be at work at a local hour."""
    on = (local >= shifts[:, 0]) & (local < shifts[:, 1])
    lunch = (local >= camp.lunch[0]) & (local < camp.lunch[1])
    return on * (1 - camp.lunch_dip * lunch)


def _delays(camp: Camp, role: str, wave: Ints, operator: Ints, rng: np.random.Generator) -> Floats:
    """Seconds from order to post. Software spreads evenly; a person opens one persona after another."""
    if role == "booster":
        return rng.uniform(0, 2 * camp.jitter_s, wave.size)
    _, hand = np.unique(wave * (operator.max(initial=0) + 1) + operator, return_inverse=True)
    reaction = rng.exponential(0.8 * camp.jitter_s, int(hand.max(initial=-1)) + 1)
    return reaction[hand] + rng.exponential(0.2 * camp.jitter_s, wave.size)


def _answers(plan: Plan, place: Workplace, calls: _Calls, role: str, kind: int) -> Draft:
    numbers = np.array([order.number for order in calls.orders], np.int64)
    client = AUTOMATION_CLIENT if role == "booster" else plan.accounts.client[calls.member]
    return draft(
        calls.member.size,
        account=calls.member,
        time_us=calls.time_us,
        kind=kind,
        topic=plan.topic_key(place.topic, calls.member),
        client=client,
        language=plan.accounts.language[calls.member],
        directive=numbers[calls.order[calls.wave]] if numbers.size else -1,
        label=LABEL[f"camp_{role}"],
        deleted=calls.deleted,
    )


def write_posts(plan: Plan, place: Workplace, day: int) -> Draft:
    """Return the authors' posts of a day: its hashtags and links, in texts handed down and reworded."""
    calls = _call(plan, place, day, "author", ("hashtag", "link"))
    posts = _answers(plan, place, calls, "author", ORIGINAL)
    if not calls.order.size:
        return posts
    rng = plan.stream(f"camp {place.number} texts", day)
    size, order = calls.order.size, calls.order
    tags = np.array([each.target if each.kind == "hashtag" else -1 for each in calls.orders])
    links = np.array([each.target if each.kind == "link" else -1 for each in calls.orders])
    usual = np.append(tags[tags >= 0], -1)
    first = np.where(tags[order] >= 0, tags[order], usual[0])
    other = np.where((rng.random(size) < 0.4) & (usual[-2:][0] != first), usual[-2:][0], -1)
    picture = (1 << 39) + place.number * 1_000_000 + day * 1_000 + np.arange(size)
    posts["tag0"][:] = first[calls.wave]
    posts["tag1"][:] = other[calls.wave]
    posts["url"][:] = links[order][calls.wave]
    posts["media"][:] = np.where(rng.random(size) < _PICTURE_SHARE, picture, -1)[calls.wave]
    posts["text"][:] = rng.integers(0, 2**63, size).astype(np.uint64)[calls.wave]
    posts["rewording"][:] = place.camp.rewording
    posts["weight"][:] = rng.lognormal(0, 1, posts["weight"].size)
    return posts


def answer_orders(plan: Plan, place: Workplace, day: int, pool: Pool) -> list[Draft]:
    """Return boosters' reposts of authors and applauded accounts, and repliers' replies to targets."""
    return [_boost(plan, place, day, pool), _reply(plan, place, day, pool)]


def _boost(plan: Plan, place: Workplace, day: int, pool: Pool) -> Draft:
    calls = _call(plan, place, day, "booster", ("hashtag", "link", "applaud"))
    posts = _answers(plan, place, calls, "booster", REPOST)
    if not calls.order.size:
        return posts
    rng = plan.stream(f"camp {place.number} choices", day)
    praised = _latest(pool, calls)
    applauding = np.array([order.kind == "applaud" for order in calls.orders])[calls.order]
    platform = plan.accounts.platform[calls.member]
    for code in np.unique(platform):
        topic = np.full(calls.order.size, code * plan.topics.count + place.topic)
        written = pool.feed.draw(topic, calls.start_us, _BOOST_MEDIAN_S, 0.8, rng)
        source = np.where(applauding, praised, written)[calls.wave]
        posts["source"][platform == code] = source[platform == code]
    boosted = ~applauding[calls.wave] & (posts["source"] >= 0)
    posts["directive"][boosted] = pool.posts["directive"][posts["source"][boosted]]
    return posts


def _reply(plan: Plan, place: Workplace, day: int, pool: Pool) -> Draft:
    calls = _call(plan, place, day, "replier", ("target",))
    posts = _answers(plan, place, calls, "replier", REPLY)
    if calls.order.size:
        rng = plan.stream(f"camp {place.number} replies", day)
        posts["source"][:] = _latest(pool, calls)[calls.wave]
        posts["text"][:] = rng.integers(0, 2**63, posts["text"].size).astype(np.uint64)
    return posts


def _latest(pool: Pool, calls: _Calls) -> Ints:
    """Return for each wave the last post of its directive's account before the wave, or -1."""
    latest = np.full(calls.order.size, -1)
    for number, order in enumerate(calls.orders):
        if order.kind in ("target", "applaud"):
            rows = np.flatnonzero(pool.posts["account"] == order.target)
            rows = rows[np.argsort(pool.posts["time_us"][rows], kind="stable")]
            waves = np.flatnonzero(calls.order == number)
            place = np.searchsorted(pool.posts["time_us"][rows], calls.start_us[waves]) - 1
            latest[waves] = np.where(place >= 0, np.append(rows, -1)[place], -1)
    return latest


def pretend(plan: Plan, place: Workplace, day: int) -> Draft:
    """Return the camp's ordinary-looking posts of a day, made in office hours: kind and topic only."""
    camp, rng = place.camp, plan.stream(f"camp {place.number} camouflage", day)
    if weekday_of(plan.day_start_us(day)) in camp.days_off:
        return draft(0)
    count = rng.poisson(camp.quota * camp.camouflage, place.members.size)
    account = np.repeat(place.members, count)
    shifts = np.array(camp.shifts)[np.repeat(place.shift, count)]
    local = rng.uniform(shifts[:, 0], shifts[:, 1])
    keep = rng.random(account.size) < _at_desk(camp, local, shifts)
    account, local = account[keep], local[keep]
    start = plan.day_start_us(day)
    return draft(
        account.size,
        account=account,
        time_us=within_day(start + (local - camp.utc_offset) * HOUR_US, start),
        kind=draw_kinds(plan, account, rng),
        topic=draw_topics(plan, account, rng),
        client=plan.accounts.client[account],
        label=LABEL["camp_camouflage"],
    )
