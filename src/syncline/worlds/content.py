"""What a post carries: hashtags, a link, a picture, a mention, words. Numbers only, no strings yet."""

import numpy as np

from syncline.worlds.columns import Array, Draft, Floats, Ints, scramble
from syncline.worlds.feeds import Feed
from syncline.worlds.hours import DAY_US
from syncline.worlds.plan import Plan

# Shares of ordinary posts, close to what open samples show (docs/worlds.md).
LINK_SHARE = 0.25
HEADLINE_SHARE = 0.5  # of posts with a link: the text is the link's headline, as share buttons write it
PICTURE_SHARE = 0.2
MEME_SHARE = 0.4  # of pictures: one that goes round in the community
MENTION_SHARE = 0.15
TAG_COUNTS = (0.55, 0.25, 0.13, 0.07)  # no hashtag, one, two, three
HABIT_SHARE = 0.5  # of posts with several hashtags: the usual one follows the usual one
TAG_EXPONENT = 1.1
MEMES = 40

# Topic, time of birth, weight and number of each link.
NewStories = tuple[Ints, Ints, Floats, Ints]


def add_content(plan: Plan, day: int, posts: Draft, stories: "Stories", rng: np.random.Generator) -> None:
    """Fill in what ordinary people's originals, replies and quotes carry."""
    size = posts["account"].size
    posts["text"][:] = rng.integers(0, 2**63, size).astype(np.uint64)
    posts["language"][:] = plan.accounts.language[posts["account"]]
    fresh = posts["kind"] != 2
    add_hashtags(plan, day, posts, np.flatnonzero(fresh), rng)
    _add_links(plan, posts, np.flatnonzero(fresh & (rng.random(size) < LINK_SHARE)), stories, rng)
    _add_pictures(plan, day, posts, np.flatnonzero(fresh & (rng.random(size) < PICTURE_SHARE)), rng)
    named = np.flatnonzero(fresh & (rng.random(size) < MENTION_SHARE))
    posts["mention"][named] = plan.prominent.draw(posts["topic"][named], rng)


def add_hashtags(plan: Plan, day: int, posts: Draft, rows: Ints, rng: np.random.Generator) -> None:
    """Give hashtags of the topic, Zipf-popular; which one leads changes every other day."""
    number = rng.choice(4, rows.size, p=TAG_COUNTS)
    topic = posts["topic"][rows] % plan.topics.count
    tags = np.asarray(plan.topics.tags)[topic]
    first = np.asarray(plan.topics.first_tag)[topic]
    number = np.where(tags == 0, 0, number)
    turn = (scramble((topic * 1009 + day // 2).astype(np.uint64)) % np.uint64(1 << 20)).astype(np.int64)
    rank = _zipf(tags, rng)
    for column, name in enumerate(("tag0", "tag1", "tag2")):
        if column:
            habit = rng.random(rows.size) < HABIT_SHARE
            rank = np.where(habit, rank + 1, _zipf(tags, rng))
        has = (number > column) & (tags > column)
        tag = first + (rank + turn) % np.maximum(tags, 1)
        posts[name][rows[has]] = tag[has]


def _zipf(size: Ints, rng: np.random.Generator) -> Ints:
    """Return ranks from 0 below `size`, popularity falling about as 1 / rank."""
    spread = np.maximum(size, 1) + 1.0
    return np.minimum(spread ** rng.random(size.size) - 1.0, spread - 2).astype(np.int64)


class Stories:
    """Links of the last days: topic, time of birth, weight and the link's number."""

    def __init__(self, parts: list[NewStories]) -> None:
        topic, born, weight, self.url = (np.concatenate(columns) for columns in zip(*parts, strict=True))
        self.feed = Feed(topic, born, weight)


def _add_links(plan: Plan, posts: Draft, rows: Ints, stories: Stories, rng: np.random.Generator) -> None:
    delays = plan.world.delays
    topic = posts["topic"][rows] % plan.topics.count
    story = stories.feed.draw(topic, posts["time_us"][rows], delays.median_s, delays.sigma, rng)
    rows, story = rows[story >= 0], story[story >= 0]
    posts["url"][rows] = stories.url[story]
    posts["url_variant"][rows] = rng.choice(4, rows.size, p=(0.6, 0.2, 0.1, 0.1))
    headline = rows[rng.random(rows.size) < HEADLINE_SHARE]
    posts["text"][headline] = headline_of(posts["url"][headline])
    posts["language"][headline] = np.asarray(plan.topics.language)[
        posts["topic"][headline] % plan.topics.count
    ]


def headline_of(url: Ints) -> Array:
    """Return the text key of each link's headline."""
    return scramble(url.astype(np.uint64) ^ np.uint64(0x48454144))


def _add_pictures(plan: Plan, day: int, posts: Draft, rows: Ints, rng: np.random.Generator) -> None:
    own = rng.integers(1 << 40, 1 << 62, rows.size)
    topic = posts["topic"][rows] % plan.topics.count
    meme = (topic * 1_000 + day // 3) * MEMES + _zipf(np.full(rows.size, MEMES), rng)
    posts["media"][rows] = np.where(rng.random(rows.size) < MEME_SHARE, meme, own)


def new_stories(plan: Plan, day: int) -> NewStories:
    """Return the links born on a day: topic, time, weight, number (domain * 2^32 + serial)."""
    rng = plan.stream("stories", day)
    mean = np.full(plan.topics.count, 0.0)
    mean[: plan.general] = plan.world.interests.stories_per_day
    mean[plan.general] = 6 * plan.world.interests.stories_per_day
    for happening in plan.happenings:
        if happening.event.day == day:
            mean[happening.topic] = 10
    topic = np.repeat(np.arange(plan.topics.count), rng.poisson(mean))
    born = plan.day_start_us(day) + (rng.beta(2.0, 1.6, topic.size) * DAY_US).astype(np.int64)
    for happening in plan.happenings:
        of_event = topic == happening.topic
        after = rng.exponential(happening.event.decay_h, int(of_event.sum()))
        start = plan.day_start_us(happening.event.day) + happening.event.hour * 3.6e9
        born[of_event] = (start + after * 3.6e9).astype(np.int64)
    weight = rng.lognormal(0, 1.5, topic.size)
    domain = (topic * 3 + rng.integers(0, 3, topic.size)) % len(plan.domains)
    serial = day * 100_000 + np.arange(topic.size)
    return topic, born, weight, (domain.astype(np.int64) << 32) | serial
