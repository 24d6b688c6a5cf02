"""The camp at work: waves of calls through the office day, and who answers them when."""

from dataclasses import dataclass

import numpy as np

from syncline.worlds.columns import (
    LABEL,
    ORIGINAL,
    REPLY,
    REPOST,
    Draft,
    Flags,
    Floats,
    Ints,
    draft,
    join,
    take,
)
from syncline.worlds.content import new_texts
from syncline.worlds.hours import HOUR_US, weekday_of, within_day
from syncline.worlds.organic import draw_kinds, draw_topics
from syncline.worlds.plan import Directive, Plan, Workplace
from syncline.worlds.pool import Pool
from syncline.worlds.population import AUTOMATION_CLIENT, ROLE
from syncline.worlds.world import Camp

_PICTURE_SHARE = 0.25  # of authors' waves
_SECOND_TAG_SHARE = 0.4  # of authors' waves
_RECENT = 5  # a wave goes to one of so many last posts
_REACTION_S = 48.0  # mean time in which an operator turns to a call, at most; the rest is each account's own
_MENTION_SHARE = 0.3  # of repliers' waves: an original that names the target, where the others reply


@dataclass
class _Calls:
    """Orders of a day broken into waves, and the answers to them."""

    orders: list[Directive]
    order: Ints  # of each wave: place in `orders`
    start_us: Ints  # of each wave
    wave: Ints  # of each answer
    member: Ints  # of each answer: the account
    time_us: Ints  # of each answer
    deleted: Flags  # of each answer: taken down again


def _call(plan: Plan, place: Workplace, day: int, role: str, kinds: tuple[str, ...]) -> _Calls:
    """Call the accounts of a role in waves through the office day, as many as their quota asks for."""
    camp, rng = place.camp, plan.stream(f"camp {place.number} {role}", day)
    orders = [order for order in place.directives if order.day == day and order.kind in kinds]
    mine = plan.accounts.role[place.members] == ROLE[role]
    members = place.members[mine]
    if not orders or not members.size:
        nobody: Ints = np.empty(0, np.int64)
        return _Calls(orders, nobody, nobody, nobody, nobody, nobody, nobody.astype(np.bool_))
    shifts = np.array(camp.shifts)[place.shift[mine]]
    local = _wave_hours(camp, rng)
    start = plan.day_start_us(day) + ((local - camp.utc_offset) * HOUR_US).astype(np.int64)
    order = rng.integers(0, len(orders), local.size)
    ordered = np.array([np.isin(members, each.ordered) for each in orders])[order]
    chance = camp.wave_share * (1 - camp.dropout) * _at_desk(camp, local[:, None], shifts)
    wave, who = np.nonzero(ordered & (rng.random(ordered.shape) < chance))
    delay = _delays(camp.jitter_s, role, wave, place.operator[mine][who], rng)
    time_us = start[wave] + (delay * 1e6).astype(np.int64)
    deleted = rng.random(wave.size) < camp.deleted_share
    today = (time_us >= plan.day_start_us(day)) & (time_us < plan.day_start_us(day + 1))
    return _Calls(orders, order, start, wave[today], members[who[today]], time_us[today], deleted[today])


def _wave_hours(camp: Camp, rng: np.random.Generator) -> Floats:
    """Return the local hours of the day's waves: so many that an account present meets its quota."""
    shifts = np.array(camp.shifts)
    opens, closes = shifts[:, 0].min(), shifts[:, 1].max()
    day = np.linspace(opens, closes, 1000)[:, None]
    answered = camp.ordered_share * camp.wave_share * (1 - camp.dropout) * _at_desk(camp, day, shifts).mean()
    waves = rng.poisson(camp.quota * (1 - camp.camouflage) / answered)
    hours: Floats = np.sort(rng.uniform(opens, closes, waves))
    return hours


def _at_desk(camp: Camp, local: Floats, shifts: Floats) -> Floats:
    """Return how likely an account's operator is to be at work at a local hour."""
    on = (local >= shifts[:, 0]) & (local < shifts[:, 1])
    lunch = (local >= camp.lunch[0]) & (local < camp.lunch[1])
    share: Floats = on * (1 - camp.lunch_dip * lunch)
    return share


def _delays(jitter: float, role: str, wave: Ints, operator: Ints, rng: np.random.Generator) -> Floats:
    """Seconds from call to post. Software spreads evenly; a person reacts, then opens one persona after another.

    Only the reaction is common to a person's personas: a camp that spreads its posts spreads them account by account.
    """
    if role == "booster":
        return rng.uniform(0, 2 * jitter, wave.size)
    hand = np.unique(np.stack([wave, operator]), axis=1, return_inverse=True)[1].ravel()
    mean_reaction = min(0.8 * jitter, _REACTION_S)
    reaction = rng.exponential(mean_reaction, int(hand.max(initial=-1)) + 1)
    return reaction[hand] + rng.exponential(jitter - mean_reaction, wave.size)


def _answers(plan: Plan, place: Workplace, calls: _Calls, role: str, kind: int) -> Draft:
    numbers = np.array([order.number for order in calls.orders], np.int64)
    return draft(
        calls.member.size,
        account=calls.member,
        time_us=calls.time_us,
        kind=kind,
        topic=plan.topic_key(place.topic, calls.member),
        client=AUTOMATION_CLIENT if role == "booster" else plan.accounts.client[calls.member],
        language=plan.accounts.language[calls.member],
        directive=numbers[calls.order][calls.wave] if numbers.size else -1,
        label=LABEL[f"camp_{role}"],
        deleted=calls.deleted,
    )


def write(plan: Plan, place: Workplace, day: int) -> Draft:
    """Return the camp's originals on orders: the authors' posts, and the repliers' that name a target."""
    return join([_authored(plan, place, day), _naming(plan, place, day)])


def _authored(plan: Plan, place: Workplace, day: int) -> Draft:
    """The day's hashtags and links, in texts handed down and reworded."""
    calls = _call(plan, place, day, "author", ("hashtag", "link"))
    posts = _answers(plan, place, calls, "author", ORIGINAL)
    if not calls.order.size:
        return posts
    rng, size, order = plan.stream(f"camp {place.number} texts", day), calls.order.size, calls.order
    tags = np.array([each.target if each.kind == "hashtag" else -1 for each in calls.orders])
    links = np.array([each.target if each.kind == "link" else -1 for each in calls.orders])
    usual = tags[tags >= 0] if tags.max() >= 0 else np.array([-1])
    first = np.where(tags[order] >= 0, tags[order], usual[0])
    second = np.where((rng.random(size) < _SECOND_TAG_SHARE) & (usual[-1] != first), usual[-1], -1)
    picture = (1 << 39) + (place.number * 4_000 + day) * 1_000 + np.arange(size)
    posts["tag0"][:], posts["tag1"][:] = first[calls.wave], second[calls.wave]
    posts["url"][:] = links[order][calls.wave]
    posts["media"][:] = np.where(rng.random(size) < _PICTURE_SHARE, picture, -1)[calls.wave]
    posts["text"][:] = new_texts(size, rng)[calls.wave]
    posts["rewording"][:] = place.camp.rewording
    posts["wording"][:] = new_texts(calls.wave.size, rng)
    posts["weight"][:] = rng.lognormal(0, 1, calls.wave.size)
    return posts


def _naming(plan: Plan, place: Workplace, day: int) -> Draft:
    posts, _ = _against_targets(plan, place, day)
    return take(posts, posts["kind"] == ORIGINAL)


def _against_targets(plan: Plan, place: Workplace, day: int) -> tuple[Draft, _Calls]:
    """Return the repliers' posts, their sources yet open; each wave replies, or names the target."""
    calls = _call(plan, place, day, "replier", ("target",))
    posts = _answers(plan, place, calls, "replier", REPLY)
    rng = plan.stream(f"camp {place.number} replies", day)
    naming = rng.random(calls.order.size) < _MENTION_SHARE
    posts["kind"][naming[calls.wave]] = ORIGINAL
    targets = np.array([order.target for order in calls.orders], np.int64)
    posts["mention"][:] = targets[calls.order][calls.wave] if targets.size else -1
    posts["text"][:] = new_texts(calls.wave.size, rng)
    return posts, calls


def answer(plan: Plan, place: Workplace, day: int, pool: Pool) -> list[Draft]:
    """Return boosters' reposts of authors and applauded people, and repliers' replies to targets."""
    calls = _call(plan, place, day, "booster", ("hashtag", "link", "applaud"))
    boosts = _answers(plan, place, calls, "booster", REPOST)
    rng = plan.stream(f"camp {place.number} choices", day)
    boosts["source"][:] = _recent(plan, pool, calls, rng)
    replies, calls = _against_targets(plan, place, day)
    replies["source"][:] = _recent(plan, pool, calls, rng)
    return [boosts, take(replies, replies["kind"] == REPLY)]


def _recent(plan: Plan, pool: Pool, calls: _Calls, rng: np.random.Generator) -> Ints:
    """Return for each answer the post that its wave is about, or -1.

    It is one of the last few before the wave, on the member's platform, by the target or the
    applauded person, or under the hashtag's or link's directive.
    """
    recent, back = np.full(calls.member.size, -1), rng.integers(0, _RECENT, calls.order.size)
    platform, order_of = plan.accounts.platform, calls.order[calls.wave]
    for number, order in enumerate(calls.orders):
        about = "account" if order.kind in ("target", "applaud") else "directive"
        rows = np.flatnonzero(pool.posts[about] == (order.target if about == "account" else order.number))
        rows = rows[np.argsort(pool.posts["time_us"][rows], kind="stable")]
        for code in np.unique(platform[pool.posts["account"][rows]]):
            there = rows[platform[pool.posts["account"][rows]] == code]
            mine = np.flatnonzero((order_of == number) & (platform[calls.member] == code))
            at = calls.start_us[calls.wave[mine]]
            before = np.searchsorted(pool.posts["time_us"][there], at) - 1
            chosen = there[np.maximum(before - back[calls.wave[mine]], 0)]
            recent[mine] = np.where(before >= 0, chosen, -1)
    return recent


def pretend(plan: Plan, place: Workplace, day: int) -> Draft:
    """Return the camp's ordinary-looking posts of a day, made in office hours: kind and topic only."""
    camp, rng = place.camp, plan.stream(f"camp {place.number} camouflage", day)
    if weekday_of(plan.day_start_us(day)) in camp.days_off:
        return draft(0)
    account = np.repeat(place.members, rng.poisson(camp.quota * camp.camouflage, place.members.size))
    shifts = np.array(camp.shifts)[place.shift[np.searchsorted(place.members, account)]]
    local = _desk_hours(camp, shifts, rng)
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


def _desk_hours(camp: Camp, shifts: Floats, rng: np.random.Generator) -> Floats:
    """Return a local hour within each row's shift, of which the break takes its share."""
    first, second = rng.uniform(shifts[:, 0], shifts[:, 1]), rng.uniform(shifts[:, 0], shifts[:, 1])
    kept = rng.random(first.size) < _at_desk(camp, first, shifts)
    return np.where(kept, first, second)


def bystanders(plan: Plan, place: Workplace, day: int, pool: Pool) -> Draft:
    """Return reposts of the authors' posts by people outside, who found them by themselves."""
    rng = plan.stream(f"camp {place.number} bystanders", day)
    written = pool.today(plan.day_start_us(day), place.members)
    written = written[pool.posts["label"][written] == LABEL["camp_author"]]
    source = np.repeat(written, rng.poisson(place.camp.bystanders, written.size))
    account = plan.readers.draw(_general_topic(plan, pool, source), rng)
    delays = plan.world.delays
    delay = rng.lognormal(np.log(delays.median_s * 1e6), delays.sigma, source.size).astype(np.int64)
    time_us = pool.posts["time_us"][source] + delay
    keep = np.flatnonzero((account >= 0) & (time_us < plan.day_start_us(day + 1)))
    return draft(
        keep.size,
        account=account[keep],
        time_us=time_us[keep],
        kind=REPOST,
        topic=pool.posts["topic"][source[keep]],
        source=source[keep],
        client=plan.accounts.client[account[keep]],
        label=LABEL["bystander"],
    )


def _general_topic(plan: Plan, pool: Pool, source: Ints) -> Ints:
    return plan.topic_key(plan.general, pool.posts["account"][source])
