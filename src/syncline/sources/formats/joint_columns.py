"""Usual columns that say something only together, or not as they stand: each function mends the field map `posts`.

`names` gives, for a usual name, the file's own.
"""

import re
from collections.abc import Mapping

from syncline.sources import cells
from syncline.sources.format import Column, Field, Probe
from syncline.sources.formats.usual_names import CHATS, OF_THE_AUTHOR, ONE_LINK, folded
from syncline.sources.plausible import day_and_clock, filled, is_blank, is_spelled_object, pairs
from syncline.sources.written import moment_in

# What comments stand below.
_COMMENTED = "post_id tweet_id video_id submission_id article_id note_id aweme_id"
_CLOCKS = "time clock time_of_day post_time created_time tweet_time"
_NONE = cells.constant("NULL")
# Longer numbers are counted for a whole platform.
_SHORT = re.compile(r"\d{1,10}(\.0)?")
# As X's second interface names what a post refers to.
_REFERRED = {"reposted_post_id": "retweeted", "reply_to_post_id": "replied_to", "quoted_post_id": "quoted"}
# Facepager counts its own rows in `id` and `parent_id`; what a service calls a post stands in `object_id`.
_FACEPAGER = {"object_id", "query_status", "query_type"}


def without_row_numbers(names: Mapping[str, str]) -> dict[str, str]:
    """`names` without those under which a tool counts its rows."""
    if not names.keys() >= _FACEPAGER:
        return {**names}
    kept = {name: own for name, own in names.items() if name not in ("id", "parent_id")}
    return {**kept, "post_id": names["object_id"]}


def settle_comments(posts: dict[str, Field], names: Mapping[str, str]) -> None:
    """A comment without a comment above it answers the post or video below which it stands."""
    below = next((names[alias] for alias in _COMMENTED.split() if alias in names), None)
    if below is None or posts.get("post_id", _NONE).columns != (names.get("comment_id"),):
        return
    above = posts.get("reply_to_post_id", _NONE).columns
    posts["reply_to_post_id"] = cells.reference(*above, below)
    posts["thread_id"] = cells.ident(below)


def settle_clock(posts: dict[str, Field], names: Mapping[str, str], look: Probe) -> None:
    """A day in one column and its clock in another are one time."""
    days = posts.get("time_us", _NONE).columns
    clocks = [names[alias] for alias in _CLOCKS.split() if alias in names]
    clock = next((each for day in days for each in clocks if day_and_clock(look, day, each)), None)
    if clock is not None:
        posts["time_us"] = moment_in(look, *days, clock)


def settle_numbers(
    posts: dict[str, Field], numbers: str | None, names: Mapping[str, str], look: Probe
) -> None:
    """Where messages are counted in each chat, the column `numbers` tells a message only together with its chat."""
    chat = next(
        (names[alias] for alias in CHATS.split() if alias in names and filled(look, names[alias])), None
    )
    if numbers is None or chat in (None, numbers) or not _are_short(look, numbers):
        return
    # Who names the post that was passed on by its number alone numbers all posts.
    if any(filled(look, name) for each in _PASSED_ON for name in posts.get(each, _NONE).columns):
        return
    told = pairs(look, chat, numbers)
    if 2 * len(told) < len(look.sample) or len(set(told)) < _MOSTLY * len(told):
        return
    answered = posts.get("reply_to_post_id", _NONE).columns
    if len(answered) == 1 and _leads_elsewhere(look, chat, numbers, answered[0]):
        return
    spelled = is_spelled_object(look, chat)
    place = cells.spelled([chat], "channel_id chat_id user_id id") if spelled else cells.ident(chat)
    posts["post_id"] = cells.within(place, cells.ident(numbers))
    if len(answered) == 1 and _are_short(look, answered[0]):
        posts["reply_to_post_id"] = cells.within(place, cells.reference(*answered))
    author = posts.get("account_id", _NONE).columns
    if len(author) == 1 and not spelled and _speaks_itself(look, chat, author[0], names):
        posts["account_id"] = cells.person_or_place(author[0], chat)


def _leads_elsewhere(look: Probe, chat: str, numbers: str, answered: str) -> bool:
    """Whether answers are to posts of other chats, so that what is taken for the chat is none."""
    own = {number: place for place, number in pairs(look, chat, numbers)}
    places = [(place, own[above]) for place, above in pairs(look, chat, answered) if above in own]
    return 2 * sum(place != other for place, other in places) > len(places)


def _speaks_itself(look: Probe, chat: str, author: str, names: Mapping[str, str]) -> bool:
    """Whether what has no sender is the channel's own: no group speaks, and who is deleted still has a name."""
    people = [names[each] for each in _PEOPLE.split() if each in names and names[each] not in (author, chat)]
    silent = [record for record in look.sample if is_blank(record, author)]
    named = any(not is_blank(record, name) for record in silent for name in people)
    return bool(silent) and not named and folded(chat).startswith(("channel", "peer"))


_PEOPLE = "username user_name screen_name sender_name from_name author author_name first_name"


_PASSED_ON = ("reposted_post_id", "quoted_post_id")
# A log may hold a message twice.
_MOSTLY = 0.9


def _are_short(look: Probe, name: str) -> bool:
    return all(map(_SHORT.fullmatch, filled(look, name)))


def drop_short_references(posts: dict[str, Field], numbers: str | None, look: Probe) -> None:
    """Where the numbers of posts tell no post, those that refer to them tell none either."""
    if numbers is None or "post_id" in posts:
        return
    for each in ("reposted_post_id", "reply_to_post_id", "quoted_post_id", "thread_id"):
        if all(_are_short(look, name) for name in posts.get(each, _NONE).columns):
            posts.pop(each, None)


def settle_references(posts: dict[str, Field], names: Mapping[str, str]) -> None:
    """One column may list all that a post refers to."""
    name = names.get("referenced_tweets")
    if name is not None:
        for column, kind in _REFERRED.items():
            posts.setdefault(column, cells.referred_to(name, kind))


def settle_author(
    posts: dict[str, Field], accounts: dict[str, Field], names: Mapping[str, str], look: Probe
) -> None:
    """The author may be a whole object, spelled by a program; of a channel's own posts only the channel is."""
    spelled = [
        names[each] for each in _AUTHORS.split() if each in names and is_spelled_object(look, names[each])
    ]
    if "account_id" in posts or not spelled:
        return
    posts["account_id"] = cells.spelled(spelled, "id_str id user_id channel_id chat_id username screen_name")
    accounts["username"] = cells.spelled(spelled[:1], "username screen_name")


_AUTHORS = "user author from_id sender peer_id"


def settle_profile(posts: dict[str, Field], accounts: dict[str, Field], names: Mapping[str, str]) -> None:
    """What a channel or an owner is called names the author only where that is who posts."""
    authors = posts.get("account_id", _NONE).columns
    spelled = [each for each, own in names.items() if own in authors]
    for column in ("username", "display_name"):
        told = accounts.get(column, _NONE).columns
        whose = [who for each, who in OF_THE_AUTHOR.items() if names.get(each) in told]
        if whose and not any(each.startswith(whose[0]) for each in spelled):
            del accounts[column]


def settle_reddit(
    posts: dict[str, Field], accounts: dict[str, Field], names: Mapping[str, str], look: Probe
) -> None:
    """On Reddit a name is the handle, and an id bears its kind before it where others refer to it."""
    if not any(name.startswith("subreddit") for name in names):
        return
    author = posts.get("account_id", _NONE).columns
    if author and "username" not in accounts and accounts.get("display_name", _NONE).columns == author:
        accounts["username"] = accounts.pop("display_name")
    numbers = [value for name in posts.get("post_id", _NONE).columns for value in filled(look, name)]
    if not any(map(_KIND_BEFORE.match, numbers)):
        for each in ("reply_to_post_id", "thread_id"):
            if each in posts:
                posts[each] = _without_kind(posts[each])


_KIND_BEFORE = re.compile(r"t\d_")


def _without_kind(field: Field) -> Field:
    def render(*columns: Column) -> str:
        return f"regexp_replace({field.render(*columns)}, '^{_KIND_BEFORE.pattern}', '')"

    return Field(field.columns, render, field.note)


def settle_handles(posts: dict[str, Field], accounts: dict[str, Field], look: Probe) -> None:
    """An account is the same with and without the sign before its handle, also where others refer to it."""
    people = [(posts, each) for each in ("account_id", "reposted_account_id", "reply_to_account_id")]
    told = [(fields, each) for fields, each in (*people, (accounts, "username")) if each in fields]
    if any(value.startswith("@") for fields, each in told for value in filled(look, fields[each].columns[0])):
        for fields, each in told:
            fields[each] = _without_sign(fields[each])


def _without_sign(field: Field) -> Field:
    def render(*columns: Column) -> str:
        return f"ltrim({field.render(*columns)}, '@')"

    return Field(field.columns, render, field.note)


def settle_markup(posts: dict[str, Field], look: Probe) -> None:
    """A text in HTML is its words; its links lead where they say, but not to accounts and hashtags."""
    name = next(iter(posts.get("text", _NONE).columns), None)
    texts = filled(look, name)
    if name is None or _FEWEST * sum(map(bool, map(_MARKUP.search, texts))) < max(len(texts), 1):
        return
    posts["text"] = cells.html(name, _MARKUP.pattern)
    posts.setdefault("urls", cells.html_links(name))


def settle_links(posts: dict[str, Field], names: Mapping[str, str], look: Probe) -> None:
    """Where the link beside the words is missing, those among the words count."""
    text, links = (posts.get(each, _NONE).columns for each in ("text", "urls"))
    beside = {names[each] for each in ONE_LINK if each in names}
    if len(text) != 1 or len(links) != 1 or links[0] not in beside:
        return
    if not any(value.startswith(("[", "{")) for value in filled(look, links[0])):
        posts["urls"] = cells.first_links(*links, words=text[0])


def settle_client(posts: dict[str, Field], look: Probe) -> None:
    """Twitter gives a client as a link; its words are the client."""
    names = posts.get("client", _NONE).columns
    if any(_LINK.match(value) for name in names for value in filled(look, name)):
        posts["client"] = cells.html(names[0], _LINK.pattern)


_LINK = re.compile(r"\s*<a\b")


# One text of so many: people write an angle now and then.
_FEWEST = 20
_MARKUP = re.compile(r"<(p|br|a|div|span)\b[^>]*/?>", re.IGNORECASE)
