"""Whether what stands in a column can be what its name promises.

Names are shared: `url` may be the link that a post shares, the post's own address or its author's homepage; `reply_to`
an id, a handle or a list of people; `retweet` a yes or a count. A column that holds something else is no column for
Syncline, so that nothing is read as what it is not. Only the first records are looked at.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from syncline.sources.cells import GONE, MISSING, YES_NO
from syncline.sources.format import Probe, Record

REFERENCES = (
    "reposted_post_id",
    "reposted_account_id",
    "reply_to_post_id",
    "reply_to_account_id",
    "quoted_post_id",
)
_POSTS = ("reposted_post_id", "reply_to_post_id", "quoted_post_id")
# A list, an object, or a program's spelling of one.
_OBJECT = re.compile(r"\s*[\[{]|\w+(\.\w+)*\(\w+=")
_NESTED = re.compile(r"\s*\[\s*\[")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[AaPp][Mm])?")
_DAY = re.compile(r"\d{8}|(?!\d+(\.\d+)?$)[^:]+")
_NUMBER = re.compile(r"-?\d+(\.0)?")
_COUNT = re.compile(r"\d{1,3}(\.0)?")
# Rounded numbers are numbers, too: they are left to the check for damaged ids.
_NUMERIC_ID = re.compile(r"-?[\d.,]+([eE][+-]?\d+)?$")
_ROUNDED = re.compile(r"\d[.,]\d+[eE]\+?\d{1,2}|\d[eE]\+\d{1,2}|\d{15}0{2,5}")
_CLIENT = re.compile(
    r"<a\s+href=|(Twitter (for|Web)|TweetDeck|Hootsuite|Buffer|IFTTT|Mobile Web|Instagram|dlvr\.it)\b"
)
_PLATFORMS = ("Instagram",)
_ADDRESS = re.compile(r"\w+://")
_PERMALINK = re.compile(
    r"(twitter|x)\.com/\w+/status(es)?/\d|facebook\.com/(.+/(posts|videos|permalink)/|reel/|permalink\.php|story\.php)"
    r"|instagram\.com/(p|reel)/|/@[^/]+/(video|post)/|/@[^/]+/(posts/)?\d+/?([?#]|$)"
    r"|t\.me/\w+/\d|reddit\.com/r/\w+/comments/|youtube\.com/watch.+&lc=|bsky\.app/profile/[^/]+/post/"
)
_VIDEO = re.compile(r"youtube\.com/watch|youtu\.be/")
_COMMENTER = re.compile("comment(er|[ _]?(id|author|by))", re.IGNORECASE)
# Of a post what it leads to, of an author the homepage.
_OUTSIDE = ("external_url", "externalurl")
# A name that does not say whether it means a post or its author.
_OF_ANYBODY = ("reply_to", "replyto", "reply-to", "in_reply_to", "inreplyto")
_FEW = 3
_EMPTY = (*MISSING, *GONE)


def plausible(column: str, name: str, look: Probe, chosen: Mapping[str, str]) -> bool:
    """Whether the file's column `name` may be taken for `column`; `chosen` are the names taken before."""
    values = filled(look, name)
    if column == "reply_to_account_id" and name == chosen.get("reply_to_post_id"):
        return False
    if column == "client" and name.lower().rpartition(".")[2] == "source":
        return _are_clients(values)
    if not values:
        return True
    if column in ("post_id", *REFERENCES) and any(map(_OBJECT.match, values)):
        return False
    # Some people's names begin with a bracket.
    if column == "account_id" and 2 * sum(map(bool, map(_OBJECT.match, values))) > len(values):
        return False
    # What stands for nobody, and nothing else.
    if column == "account_id" and len(values) >= _FEW and {*values} <= {"0", "-1"}:
        return False
    # No handle has a blank: where most have, a name is shown.
    if column == "username":
        return 2 * sum(" " in value for value in values) <= len(values)
    if column == "post_id" and not _are_rounded(values):
        return not _shared(look, name, chosen.get("account_id")) and not _is_said_again(look, name, chosen)
    if column in _POSTS and name.lower() in _OF_ANYBODY:
        return _are_posts(values, look, chosen)
    if column == "time_us":
        return not all(map(_CLOCK.fullmatch, values))
    if column == "is_repost":
        return {value.lower() for value in values} <= _SAID and not _is_belied(look, name)
    if column == "text":
        return _is_text(look, name, values, chosen)
    if column in ("urls", "hashtags", "mentions"):
        # A list of lists is a table of its own.
        nested = all(map(_NESTED.match, values))
        homepages = name.lower().rpartition(".")[2] in _OUTSIDE and _is_of_account(
            look, name, chosen.get("account_id")
        )
        return (
            not nested
            and not homepages
            and not _is_count(values, filled(look, chosen.get("account_id")))
            and not (
                _may_be_own_address(name, chosen.get("post_id", ""))
                and (
                    _is_own_address(look, name, chosen)
                    or _is_of_account(look, name, chosen.get("account_id"))
                    or _is_above_comments(values, look, chosen)
                )
            )
        )
    return True


def day_and_clock(look: Probe, day: str, clock: str) -> bool:
    """Whether one column holds the day alone and the other the time of that day."""
    days, clocks = filled(look, day), filled(look, clock)
    return bool(days and clocks) and all(map(_DAY.fullmatch, days)) and all(map(_CLOCK.fullmatch, clocks))


_SAID = {word for words in YES_NO.values() for word in words.split()}


def _is_text(look: Probe, name: str, values: list[str], chosen: Mapping[str, str]) -> bool:
    if name.lower() in ("title", "description", "desc"):
        # A profile has a description, too, and all comments below an article have its title.
        comments = any(re.search(r"comment_?(id|text|body)", each, re.IGNORECASE) for each in look.columns)
        of_posts = _OF_POSTS.search(chosen.get("time_us", "")) or (
            any(map(_POSTS_OWN.fullmatch, look.columns))
            and not any(map(_PROFILES_OWN.fullmatch, look.columns))
        )
        return bool(of_posts) and not comments and not _is_of_account(look, name, chosen.get("account_id"))
    # A video's `caption` says whether it has subtitles.
    return name.lower() == "text" or not (
        all(map(_NUMBER.fullmatch, values)) or {value.lower() for value in values} <= _SAID
    )


# In the name of a time.
_OF_POSTS = re.compile("post|publi|^pub_?date|upload|tweet|review", re.IGNORECASE)
# A list of those who liked a post names it, too, but tells of them.
_POSTS_OWN = re.compile("(post|note|aweme|video)_?(id|url)", re.IGNORECASE)
_PROFILES_OWN = re.compile("(followers?|friends|statuses)(_?count)?", re.IGNORECASE)


def _is_belied(look: Probe, name: str) -> bool:
    """Whether a column that calls no post a repost stands beside texts that are reposts by their first words."""
    if any(value.lower() in YES_NO["true"].split() for value in filled(look, name)):
        return False
    marked = [
        record for record in look.sample if any(str(cell).startswith("RT @") for cell in record.values())
    ]
    return len(marked) >= _FEW


def many_under_zero(look: Probe, name: str, others: list[str], all_of_them: bool = False) -> bool:
    """Whether 0 stands in the column for all who have no account, since another of the columns names them apart.

    With `all_of_them` it asks whether nothing else stands there.
    """
    if all_of_them and not {*filled(look, name)} <= {"0", "-1"}:
        return False
    return any(
        len({told for account, told in pairs(look, name, other) if account in ("0", "-1")}) >= _FEW
        for other in others
        if other != name
    )


def _are_clients(values: list[str]) -> bool:
    """Whether most are programs that post; a platform's bare name may also say where all was collected."""
    programs = [value for value in values if _CLIENT.match(value)]
    return 2 * len(programs) > len(values) and any(value not in _PLATFORMS for value in programs)


def _are_rounded(values: list[str]) -> bool:
    """Whether most are numbers that were rounded, so that different posts share them: not used, but to be refused."""
    return 2 * sum(map(bool, map(_ROUNDED.fullmatch, values))) > len(values)


def _shared(look: Probe, name: str, other: str | None) -> bool:
    """Whether under most of the ids that repeat there are several accounts or times: then they are no post's."""
    under: dict[str, list[str]] = defaultdict(list)
    for post, told in pairs(look, name, other):
        under[post].append(told)
    repeated = [told for told in under.values() if len(told) > 1]
    shared = [told for told in repeated if len(set(told)) > 1]
    return sum(map(len, shared)) >= _FEW and 2 * len(shared) > len(repeated)


def _is_said_again(look: Probe, name: str, chosen: Mapping[str, str]) -> bool:
    """Whether under most of the ids that repeat something else is said at another time, so that they are accounts'.

    A post that a tracker saw at several times has its words each time.
    """
    if "text" not in chosen:
        return _is_of_account(look, name, chosen.get("account_id"))
    return all(_shared(look, name, chosen.get(each)) for each in ("time_us", "text"))


def _are_posts(values: list[str], look: Probe, chosen: Mapping[str, str]) -> bool:
    """Whether what may be posts or people is posts: where these have numbers or addresses, a handle is none."""
    posts, accounts = filled(look, chosen.get("post_id")), {*filled(look, chosen.get("account_id"))}
    for kind in (_NUMERIC_ID, _ADDRESS):
        if posts and all(map(kind.match, posts)):
            return all(map(kind.match, values))
    return not posts or 2 * sum(value in accounts for value in values) <= len(values)


def _is_count(values: list[str], accounts: list[str]) -> bool:
    """Where accounts have numbers, so have those who are mentioned, unless one of the numbers is 0."""
    numbered = bool(accounts) and all(map(_NUMBER.fullmatch, accounts))
    if len(values) < _FEW or not all(map(_NUMBER.fullmatch, values)):
        return False
    return "0" in values or (not numbered and all(map(_COUNT.fullmatch, values)))


def _may_be_own_address(name: str, post: str) -> bool:
    """Whether the name says no more than that it is an address, of the record or of the object with the post's id."""
    above, _, last = name.lower().rpartition(".")
    return last in ("url", "link") and above in ("", post.lower().rpartition(".")[0])


def _is_own_address(look: Probe, name: str, chosen: Mapping[str, str]) -> bool:
    """Whether it holds the post's own id, or is another one for each post and looks like the address of a post."""
    told = pairs(look, name, chosen.get("post_id"))
    if 2 * sum(_names(address, post) for address, post in told) > len(told):
        return True
    posts = _addresses(look, name, chosen.get("post_id"))
    found = [address for each in posts.values() for address in each]
    servers = {re.sub(r"^\w+://(www\.)?", "", address).split("/")[0] for address in found}
    like_posts = 2 * sum(map(bool, map(_PERMALINK.search, found))) > len(found)
    blank = sum(not each for each in posts.values())
    # Few on one site tell nothing by themselves; what looks like a post's does.
    each_its_own = all(len(each) <= 1 for each in posts.values()) and len(set(found)) == len(found)
    each_its_own = each_its_own and len(found) > (0 if like_posts else _FEW)
    hardly_any_blank = blank <= (_BLANK_OF_POSTS if like_posts else _BLANK) * len(posts)
    return each_its_own and hardly_any_blank and (len(servers) == 1 or like_posts)


# What part of the posts may lack their address: collections have gaps. What looks like a post's speaks for itself.
_BLANK, _BLANK_OF_POSTS = 0.1, 0.5


def _addresses(look: Probe, name: str, post: str | None) -> dict[str, set[str]]:
    """What the column holds for each post, be its row there once or again; without ids every row is a post."""
    found: dict[str, set[str]] = defaultdict(set)
    for place, record in enumerate(look.sample):
        number = str(place) if post is None else _cell(record, post)
        if number not in _EMPTY:
            found[number] |= {_cell(record, name)} - {*_EMPTY}
    return found


def _is_above_comments(values: list[str], look: Probe, chosen: Mapping[str, str]) -> bool:
    """Whether it is the address of what the comments stand below."""
    comments = chosen.get("text", "").lower().startswith("comment") or any(
        map(_COMMENTER.match, look.columns)
    )
    numbered = any(re.fullmatch("comment[ _]?id", name, re.IGNORECASE) for name in look.columns)
    return comments and (
        numbered or all(_PERMALINK.search(value) or _VIDEO.search(value) for value in values)
    )


def _names(address: str, post: str) -> bool:
    return re.search(rf"(?<![^\W_]){re.escape(post)}(?![^\W_])", address) is not None


def _is_of_account(look: Probe, name: str, account: str | None) -> bool:
    """Whether each account has one value of its own, always the same: a homepage, the day on which it was made."""
    several = _of_accounts(look, name, account)
    constant = [values[0] for values in several if len(set(values)) == 1]
    return len(several) >= _FEW and len(set(constant)) == len(several)


def is_of_accounts(look: Probe, name: str, others: list[str], account: str | None) -> bool:
    """Whether a time is that of the accounts, since another of the columns tells their posts apart."""
    return _is_of_account(look, name, account) and any(
        len(set(values)) > 1 for other in others for values in _of_accounts(look, other, account)
    )


def change_within(look: Probe, name: str, account: str | None) -> bool:
    """Whether an account has several values in the column, as posts have times."""
    return any(len(set(values)) > 1 for values in _of_accounts(look, name, account))


def _of_accounts(look: Probe, name: str, account: str | None) -> list[list[str]]:
    """The cells of each account that has several rows."""
    of: dict[str, list[str]] = defaultdict(list)
    for value, author in pairs(look, name, account):
        of[author].append(value)
    return [values for values in of.values() if len(values) > 1]


def is_spelled_object(look: Probe, name: str) -> bool:
    """Whether the column's cells are objects as a program spells them: `{'id': 1}`, `User(id=1)`."""
    values = filled(look, name)
    return bool(values) and all(map(_OBJECT.match, values))


def pairs(look: Probe, name: str, other: str | None) -> list[tuple[str, str]]:
    """The cells of the two columns in the first records that fill both."""
    if other is None:
        return []
    both = [(_cell(record, name), _cell(record, other)) for record in look.sample]
    return [(one, two) for one, two in both if one not in _EMPTY and two not in _EMPTY]


def filled(look: Probe, name: str | None) -> list[str]:
    """The column's cells in the first records, as text, without those that are empty."""
    if name is None:
        return []
    return [cell for record in look.sample if (cell := _cell(record, name)) not in _EMPTY]


def is_blank(record: Record, name: str) -> bool:
    """Whether the cell holds nothing at all, not even that somebody was deleted."""
    return _cell(record, name) in MISSING


def _cell(record: Record, name: str) -> str:
    """The cell as text; lists and objects in JSON are spelled as such."""
    value: Any = record
    if name in record:
        value = record[name]
    else:
        for key in name.split("."):
            value = value.get(key) if isinstance(value, dict) else None
    return "" if value is None else str(value).strip()
