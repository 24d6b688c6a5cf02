"""What a post carries: hashtags, a link, a picture, a mention, words. Numbers only, no strings yet."""

import numpy as np

from syncline.worlds.columns import REPLY, Draft, Floats, Ints, scramble
from syncline.worlds.feeds import Feed
from syncline.worlds.hours import DAY_US, HOUR_US
from syncline.worlds.plan import SITES, Plan, site_of

# Shares of ordinary posts (docs/worlds.md says where they come from).
LINK_SHARE = 0.25
HEADLINE_SHARE = 0.5  # of posts with a link: the text is the link's headline, as share buttons write it
VARIANTS = (0.6, 0.2, 0.1, 0.1)  # of links: clean, two kinds of tracking parameters, a fragment
PICTURE_SHARE = 0.2
MEME_SHARE = 0.4  # of pictures: one that goes round in the community
MENTION_SHARE = 0.15
TAG_COUNTS = (0.55, 0.25, 0.13, 0.07)  # no hashtag, one, two, three
HABIT_SHARE = 0.5  # of further hashtags: the one that usually follows
MEMES = 40  # pictures that go round in a community at a time, for three days

# Topic, time of birth, weight and number of each link.
NewStories = tuple[Ints, Ints, Floats, Ints]


class Stories:
    """Links of the last days, drawn by topic and age."""

    def __init__(self, days: list[NewStories]) -> None:
        self.topic, self.born, weight, self.url = (np.concatenate(part) for part in zip(*days, strict=True))
        self.feed = Feed(self.topic, self.born, weight)


def new_stories(plan: Plan, day: int) -> NewStories:
    """Return the links born on a day: topic, time, weight, number (site * 2^32 + serial)."""
    rng = plan.stream("stories", day)
    per_day = plan.world.interests.stories_per_day
    mean = np.zeros(plan.topics.count)
    mean[: plan.general] = per_day
    mean[plan.general] = 6 * per_day
    today = [happening for happening in plan.happenings if happening.event.day == day]
    mean[[happening.topic for happening in today]] = 10
    topic = np.repeat(np.arange(plan.topics.count), rng.poisson(mean))
    born = plan.day_start_us(day) + (rng.beta(2.0, 1.6, topic.size) * DAY_US).astype(np.int64)
    for happening in today:
        rows = np.flatnonzero(topic == happening.topic)
        after = rng.exponential(happening.event.decay_h, rows.size)
        born[rows] = happening.start_us + (after * HOUR_US).astype(np.int64)
    weight = rng.lognormal(0, 1.5, topic.size)
    site = site_of(topic) + rng.integers(0, SITES, topic.size)
    return topic, born, weight, (site << 32) | (day * 1_000_000 + np.arange(topic.size))


def add_content(plan: Plan, posts: Draft, day: int, stories: Stories, rng: np.random.Generator) -> None:
    """Fill in what ordinary originals, replies and quotes carry."""
    size = posts["account"].size
    posts["text"][:] = new_texts(size, rng)
    posts["language"][:] = plan.accounts.language[posts["account"]]
    fresh = posts["kind"] != REPLY
    _add_hashtags(plan, day, posts, np.flatnonzero(fresh), rng)
    _add_links(plan, posts, np.flatnonzero(fresh & (rng.random(size) < LINK_SHARE)), stories, rng)
    _add_pictures(plan, day, posts, np.flatnonzero(fresh & (rng.random(size) < PICTURE_SHARE)), rng)
    naming = np.flatnonzero(fresh & (rng.random(size) < MENTION_SHARE))
    posts["mention"][naming] = plan.prominent.draw(posts["topic"][naming], rng)


def new_texts(size: int, rng: np.random.Generator) -> Ints:
    """Return keys of texts that nobody else has."""
    return rng.integers(0, 2**63, size).astype(np.uint64)


def headlines(url: Ints) -> Ints:
    """Return the key of each link's headline."""
    return scramble(url.astype(np.uint64) ^ np.uint64(0x48454144))


def _add_hashtags(plan: Plan, day: int, posts: Draft, rows: Ints, rng: np.random.Generator) -> None:
    """Give hashtags of the topic, Zipf-popular; which one leads changes every other day."""
    number = rng.choice(len(TAG_COUNTS), rows.size, p=TAG_COUNTS)
    topic = posts["topic"][rows] % plan.topics.count
    tags, first = np.asarray(plan.topics.tags)[topic], np.asarray(plan.topics.first_tag)[topic]
    turn = (scramble((plan.seed * 1009 + topic) * 5003 + day // 2) % np.uint64(1 << 20)).astype(np.int64)
    rank = _zipf(tags, rng)
    for column, name in enumerate(("tag0", "tag1", "tag2")):
        if column:
            habit = rng.random(rows.size) < HABIT_SHARE
            rank = np.where(habit, rank + 1, _zipf(tags, rng))
        has = (number > column) & (tags > column)
        posts[name][rows[has]] = (first + (rank + turn) % np.maximum(tags, 1))[has]
    twice = (posts["tag2"] >= 0) & ((posts["tag2"] == posts["tag1"]) | (posts["tag2"] == posts["tag0"]))
    posts["tag2"][twice] = -1
    twice = (posts["tag1"] >= 0) & (posts["tag1"] == posts["tag0"])
    posts["tag1"][twice] = posts["tag2"][twice]
    posts["tag2"][twice] = -1


def _zipf(size: Ints, rng: np.random.Generator) -> Ints:
    """Return ranks from 0 below `size`, popularity falling about as 1 / rank."""
    spread = np.maximum(size, 1) + 1.0
    return np.minimum(spread ** rng.random(size.size) - 1.0, spread - 2).astype(np.int64)


def _add_links(plan: Plan, posts: Draft, rows: Ints, stories: Stories, rng: np.random.Generator) -> None:
    delays = plan.world.delays
    topic = posts["topic"][rows] % plan.topics.count
    story = stories.feed.draw(topic, posts["time_us"][rows], delays.median_s, delays.sigma, rng)
    rows, story = rows[story >= 0], story[story >= 0]
    posts["url"][rows] = stories.url[story]
    posts["url_variant"][rows] = rng.choice(len(VARIANTS), rows.size, p=VARIANTS)
    shared = rng.random(rows.size) < HEADLINE_SHARE
    posts["text"][rows[shared]] = headlines(stories.url[story[shared]])
    posts["pasted"][rows[shared]] = True
    posts["language"][rows[shared]] = np.asarray(plan.topics.language)[stories.topic[story[shared]]]


def _add_pictures(plan: Plan, day: int, posts: Draft, rows: Ints, rng: np.random.Generator) -> None:
    own = rng.integers(1 << 40, 1 << 62, rows.size)
    topic = posts["topic"][rows] % plan.topics.count
    meme = (topic * 2_000 + day // 3) * MEMES + _zipf(np.full(rows.size, MEMES), rng)
    posts["media"][rows] = np.where(rng.random(rows.size) < MEME_SHARE, meme, own)
