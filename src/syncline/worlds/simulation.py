"""Live a world day by day, and hand each finished day on."""

from collections.abc import Iterator

from syncline.worlds import camp, innocent, organic
from syncline.worlds.columns import ORIGINAL, REPOST, Draft, join, take
from syncline.worlds.content import NewStories, Stories, add_content, new_stories
from syncline.worlds.echoes import echo
from syncline.worlds.ids import number_posts
from syncline.worlds.plan import Plan
from syncline.worlds.pool import DAYS, Pool


def live(plan: Plan) -> Iterator[Draft]:
    """Yield the posts of each day in turn, once no later day can react to them any more."""
    held: list[Draft] = []
    stories: list[NewStories] = []
    for day in range(plan.world.days):
        stories = [*stories, new_stories(plan, day)][-DAYS:]
        held.append(_one_day(plan, day, Stories(stories), held))
        if len(held) == DAYS:
            yield held.pop(0)
    yield from held


def _one_day(plan: Plan, day: int, stories: Stories, earlier: list[Draft]) -> Draft:
    """Everybody first writes; then everybody reacts to what was written on this day and before."""
    ordinary = _ordinary(plan, day, stories)
    written = [take(posts, posts["kind"] == ORIGINAL) for posts in ordinary.values()]
    for group in plan.groups:
        written += innocent.start(plan, group, day, stories)
    written += [camp.write(plan, place, day) for place in plan.workplaces]
    today = echo(plan, day, join(written), "originals")
    number_posts(plan, today, 0)
    pool = Pool(plan.accounts.platform, today, earlier)
    reactions = pool.resolve(join(_reactions(plan, day, pool, ordinary)))
    number_posts(plan, reactions, today["account"].size)
    return join([today, reactions])


def _ordinary(plan: Plan, day: int, stories: Stories) -> dict[str, Draft]:
    """Return posts that look ordinary: people's own with those that events draw, and camps' camouflage."""
    people = [organic.daily_life(plan, day)]
    people += [organic.attention(plan, happening, day) for happening in plan.happenings]
    parts = {"people": join(people)}
    parts |= {f"camp {place.number}": camp.pretend(plan, place, day) for place in plan.workplaces}
    for name, posts in parts.items():
        add_content(plan, posts, day, stories, plan.stream(f"content of {name}", day))
        organic.draw_weights(plan, posts, plan.stream(f"luck of {name}", day))
    return parts


def _reactions(plan: Plan, day: int, pool: Pool, ordinary: dict[str, Draft]) -> list[Draft]:
    parts = []
    for name, posts in ordinary.items():
        reactions = take(posts, posts["kind"] != ORIGINAL)
        organic.react(plan, pool, reactions, plan.stream(f"reactions of {name}", day))
        parts.append(echo(plan, day, reactions, f"reactions of {name}"))
    reposts = int((ordinary["people"]["kind"] == REPOST).sum())
    parts.append(organic.surge(plan, day, pool, reposts))
    for group in plan.groups:
        parts += innocent.follow(plan, group, day, pool)
    for place in plan.workplaces:
        parts += camp.answer(plan, place, day, pool)
        parts.append(camp.bystanders(plan, place, day, pool))
    return parts
