"""Users of X as snscrape and twscrape write them, one a line or row: accounts without posts."""

from syncline.sources.cells import ident, moment, number, words, yes_no
from syncline.sources.format import Format, Probe
from syncline.sources.formats.snscrape_x import SOURCE

_COUNTED = frozenset(
    {"username", "displayname", "followersCount", "friendsCount", "statusesCount", "created"}
)
_KIND = "twitter.User"


def _holds_users(look: Probe) -> bool:
    """Whether most say that they are users of X, where they say what they are."""
    kinds = [str(each["_type"]) for each in look.sample if each.get("_type")]
    named = sum(kind.endswith(_KIND) for kind in kinds)
    return 2 * named > len(kinds) if kinds else "_type" not in look.columns


FORMAT = Format(
    name="snscrape-x-users",
    title="snscrape and twscrape, users of X (CSV, JSON Lines)",
    source=f"{SOURCE} 002189a, snscrape/modules/twitter.py; vladkens/twscrape, twscrape/models.py",
    kinds=("csv", "jsonl", "json"),
    needs=_COUNTED | {"rawDescription"},
    also=(_COUNTED | {"description"}, frozenset({"_type", "id", "username", "displayname"})),
    without=frozenset({"date", "content", "rawContent", "user", "user.username"}),
    check=_holds_users,
    accounts={
        "account_id": ident("id_str", "id"),
        "username": words("username"),
        "display_name": words("displayname"),
        "bio": words("rawDescription", "description"),
        "location": words("location"),
        "created_us": moment("created"),
        "followers": number("followersCount"),
        "following": number("friendsCount"),
        "posts_count": number("statusesCount"),
        "verified": yes_no("verified"),
    },
    platform="x",
)
