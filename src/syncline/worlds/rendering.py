"""Turn columns of numbers into the tables of the schema. Here, and only here, strings are made."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from syncline.schema import ACCOUNTS, POSTS
from syncline.worlds.columns import LABELS, QUOTE, REPLY, REPOST, Array, Draft, Ints, scramble, share_of
from syncline.worlds.hours import DAY_US
from syncline.worlds.places import PLACES
from syncline.worlds.plan import Plan
from syncline.worlds.population import PLACE_NAMES, ROLES
from syncline.worlds.vocabulary import BIO_PATTERNS, BIO_TEMPLATE, CLIENTS, GIVEN_NAMES, LANGUAGES, WORDS

TRUTH = pa.schema(
    [
        ("platform", pa.string()),
        ("account_id", pa.string()),
        ("role", pa.string()),
        ("is_camp", pa.bool_()),
        ("camp", pa.int64()),
        ("community", pa.int64()),
        ("innocent_class", pa.string()),
        ("innocent_group", pa.int64()),
        ("person_id", pa.int64()),
    ]
)
TRUTH_POSTS = pa.schema(
    [
        ("platform", pa.string()),
        ("post_id", pa.string()),
        ("account_id", pa.string()),
        ("directive_id", pa.string()),
        ("kind", pa.string()),
        ("deleted", pa.bool_()),
    ]
)
TRUTH_DIRECTIVES = pa.schema(
    [
        ("directive_id", pa.string()),
        ("camp", pa.int64()),
        ("day", pa.int64()),
        ("kind", pa.string()),
        ("object", pa.string()),
        ("start_us", pa.int64()),
        ("ordered_accounts", pa.list_(pa.string())),
    ]
)

_VARIANTS = ("", "?utm_source=share", "?utm_medium=social&utm_campaign=feed", "#top")
_SHORTEST, _LENGTHS = 6, 9  # words of a sentence: 6 to 14


class Renderer:
    """Writes the strings of one plan; holds those that every day needs."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._platforms = pa.array(list(plan.world.people.platforms))
        self._ids = account_ids(plan)
        self._account_ids = pa.array([str(number) for number in self._ids.tolist()])
        self._usernames = usernames(plan)
        self._handles = pa.array(self._usernames)
        self._tags = pa.array(plan.topics.tag_names, pa.string())
        self._domains = pa.array(plan.domains)
        self._words = pa.array([word for language in LANGUAGES for word in WORDS[language]])
        sizes = [len(WORDS[language]) for language in LANGUAGES]
        self._first_word = np.concatenate([[0], np.cumsum(sizes)])[:-1]
        self._word_count = np.array(sizes)

    def posts(self, posts: Draft, first_row: int) -> pa.Table:
        """Return rows of schema.POSTS; `first_row` numbers the first of them in its file."""
        size = posts["account"].size
        kind, account = posts["kind"], posts["account"]
        tags, urls, mentions = self._tag_lists(posts), self._urls(posts), self._mentions(posts)
        columns = {
            "platform": self._platforms.take(pa.array(self._plan.accounts.platform[account])),
            "post_id": _text(posts["post_id"]),
            "account_id": self._account_ids.take(pa.array(account)),
            "time_us": pa.array(posts["time_us"]),
            "text": self._texts(posts, urls),
            "lang": pa.array(LANGUAGES).take(pa.array(posts["language"])),
            "is_repost": pa.array(kind == REPOST),
            "reposted_post_id": _text(posts["ref_id"], kind == REPOST),
            "reposted_account_id": self._others(posts["ref_account"], kind == REPOST),
            "reply_to_post_id": _text(posts["ref_id"], kind == REPLY),
            "reply_to_account_id": self._others(posts["ref_account"], kind == REPLY),
            "quoted_post_id": _text(posts["ref_id"], kind == QUOTE),
            "thread_id": _text(posts["thread"]),
            "urls": _lists(urls, [posts["url"] >= 0]),
            "hashtags": tags,
            "mentions": mentions,
            "media_hashes": _lists(media_hashes(posts["media"]), [posts["media"] >= 0]),
            "client": pa.array(CLIENTS).take(pa.array(posts["client"])),
            "likes": pa.array(_likes(posts)),
            "reposts": pa.array(posts["reposts"].astype(np.int64)),
            "replies": pa.array(posts["replies"].astype(np.int64)),
            "source_file": pa.nulls(size, pa.string()).fill_null("posts.parquet"),
            "source_row": pa.array(np.arange(first_row, first_row + size)),
        }
        return pa.table([columns[name] for name in POSTS.names], schema=POSTS)

    def truth_posts(self, posts: Draft) -> pa.Table:
        """Return who is behind each post: `TRUTH_POSTS`."""
        ordered = posts["directive"] >= 0
        columns = [
            self._platforms.take(pa.array(self._plan.accounts.platform[posts["account"]])),
            _text(posts["post_id"]),
            self._account_ids.take(pa.array(posts["account"])),
            _text(posts["directive"].astype(np.int64), ordered),
            pa.array(LABELS).take(pa.array(posts["label"])),
            pa.array(posts["deleted"]),
        ]
        return pa.table(columns, schema=TRUTH_POSTS)

    def _others(self, account: Ints, where: Array) -> pa.Array:
        return self._account_ids.take(pa.array(account, mask=~where))

    def _tag_lists(self, posts: Draft) -> pa.Array:
        tags = np.stack([posts["tag0"], posts["tag1"], posts["tag2"]], axis=1)
        return _lists(self._tags.take(pa.array(tags[tags >= 0])), list((tags >= 0).T))

    def _mentions(self, posts: Draft) -> pa.Array:
        named = posts["mention"] >= 0
        return _lists(self._account_ids.take(pa.array(posts["mention"][named])), [named])

    def _urls(self, posts: Draft) -> pa.Array:
        url = posts["url"][posts["url"] >= 0]
        variant = posts["url_variant"][posts["url"] >= 0]
        return pc.binary_join_element_wise(
            "https://",
            self._domains.take(pa.array(url >> 32)),
            "/story/",
            _text(url & 0xFFFFFFFF),
            pa.array(_VARIANTS).take(pa.array(variant)),
            "",
        )

    def _texts(self, posts: Draft, urls: pa.Array) -> pa.Array:
        """Words, then mention, hashtags and link, with the platform's mark of a repost or reply."""
        size = posts["account"].size
        empty = pa.array([""])
        parts: list[pa.Array] = []
        referred = pa.array(np.maximum(posts["ref_account"], 0))
        kind = np.where(posts["kind"] == REPOST, 1, 0)
        name = self._handles.take(referred)
        repost = pc.binary_join_element_wise("RT @", name, ": ", "")
        parts.append(pc.if_else(pa.array(kind == 1), repost, ""))
        named = posts["mention"] >= 0
        mentioned = self._handles.take(pa.array(np.maximum(posts["mention"], 0)))
        parts.append(pc.if_else(pa.array(named), pc.binary_join_element_wise("@", mentioned, " ", ""), ""))
        parts.append(self._sentences(posts))
        for column in ("tag0", "tag1", "tag2"):
            tag = self._tags.take(pa.array(np.maximum(posts[column], 0)))
            has = pa.array(posts[column] >= 0)
            parts.append(pc.if_else(has, pc.binary_join_element_wise(" #", tag, ""), ""))
        linked = posts["url"] >= 0
        place = np.cumsum(linked) - 1
        link = pa.concat_arrays([urls, empty]).take(pa.array(np.where(linked, place, len(urls))))
        parts.append(pc.if_else(pa.array(linked), pc.binary_join_element_wise(" ", link, ""), ""))
        del size
        return pc.binary_join_element_wise(*parts, "")

    def _sentences(self, posts: Draft) -> pa.Array:
        key, language = posts["text"], posts["language"]
        length = _SHORTEST + (scramble(key) % np.uint64(_LENGTHS)).astype(np.int64)
        offsets = np.concatenate([[0], np.cumsum(length)])
        row = np.repeat(np.arange(key.size), length)
        position = (np.arange(offsets[-1]) - offsets[row]).astype(np.uint64)
        bits = scramble(key[row] + scramble(position))
        reworded = np.flatnonzero(posts["rewording"][row] > 0)
        if reworded.size:
            own = scramble(bits[reworded] ^ posts["post_id"][row[reworded]].astype(np.uint64))
            changed = share_of(scramble(own)) < posts["rewording"][row[reworded]]
            bits[reworded[changed]] = own[changed]
        spoken = language[row]
        word = self._first_word[spoken] + (share_of(bits) * self._word_count[spoken]).astype(np.int64)
        lists = pa.ListArray.from_arrays(pa.array(offsets.astype(np.int32)), self._words.take(pa.array(word)))
        return pc.binary_join(lists, " ")

    def accounts(self, posted: Ints) -> pa.Table:
        """Return rows of schema.ACCOUNTS at the world's end; `posted` counts each account's posts."""
        return self._accounts_table(posted, self._usernames, self._plan.world.days)

    def accounts_earlier(self) -> pa.Table:
        """Return the accounts as they were when the world began: some handles were others."""
        before = [
            f"{name[:9]}_{number % 97}" if renamed else name
            for number, (name, renamed) in enumerate(
                zip(self._usernames, self._plan.accounts.renamed.tolist(), strict=True)
            )
        ]
        return self._accounts_table(np.zeros(self._plan.accounts.size, np.int64), before, 0)

    def _accounts_table(self, posted: Ints, names: list[str], day: int) -> pa.Table:
        people = self._plan.accounts
        lifetime = (self._plan.start_us - people.created_us) / DAY_US
        earlier = (people.rate * lifetime * 0.5).astype(np.int64)
        observed = self._plan.day_start_us(day)
        size = people.size
        columns = [
            self._platforms.take(pa.array(people.platform)),
            self._account_ids,
            pa.array(names),
            pa.array(display_names(self._plan)),
            pa.array(bios(self._plan)),
            pa.array([PLACES[name].location for name in PLACE_NAMES]).take(pa.array(people.claimed)),
            pa.array(people.created_us),
            pa.array(people.followers.astype(np.int64)),
            pa.array(people.following.astype(np.int64)),
            pa.array(earlier + posted),
            pa.array(portraits(self._plan)),
            pa.array(people.followers > 100_000),
            pa.array(np.full(size, observed)),
        ]
        return pa.table(columns, schema=ACCOUNTS)

    def truth(self) -> pa.Table:
        """Return who each account is: `TRUTH`."""
        people = self._plan.accounts
        in_camp = people.camp >= 0
        innocent = people.innocent > 0
        columns = [
            self._platforms.take(pa.array(people.platform)),
            self._account_ids,
            pa.array(ROLES).take(pa.array(people.role)),
            pa.array(in_camp),
            pa.array(people.camp, mask=~in_camp),
            pa.array(people.community),
            pa.array(LABELS).take(pa.array(people.innocent, mask=~innocent)),
            pa.array(people.group, mask=people.group < 0),
            pa.array(people.person),
        ]
        return pa.table(columns, schema=TRUTH)

    def truth_directives(self) -> pa.Table:
        """Return the camps' orders: `TRUTH_DIRECTIVES`. An object is a hashtag, an account id or a link."""
        rows = []
        for place in self._plan.workplaces:
            for order in place.directives:
                rows.append(
                    {
                        "directive_id": str(order.number),
                        "camp": place.number,
                        "day": order.day,
                        "kind": order.kind,
                        "object": self._object(order.kind, order.target),
                        "start_us": order.start_us,
                        "ordered_accounts": self._account_ids.take(pa.array(order.ordered)).to_pylist(),
                    }
                )
        return pa.Table.from_pylist(rows, schema=TRUTH_DIRECTIVES)

    def _object(self, kind: str, target: int) -> str:
        if kind == "hashtag":
            return str(self._plan.topics.tag_names[target])
        if kind == "link":
            return f"https://{self._plan.domains[target >> 32]}/story/{target & 0xFFFFFFFF}"
        return str(self._ids[target])


def _text(numbers: Ints, where: Array | None = None) -> pa.Array:
    return pc.cast(pa.array(numbers.astype(np.int64), mask=None if where is None else ~where), pa.string())


def _lists(values: pa.Array, present: list[Array]) -> pa.Array:
    """Return one list a row; `values` holds those present, row by row."""
    count = np.sum(present, axis=0)
    offsets = np.concatenate([[0], np.cumsum(count)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), values)


def _likes(posts: Draft) -> Ints:
    """Likes follow reposts: about three each, and a few more by chance."""
    luck = share_of(scramble(posts["post_id"].astype(np.uint64)))
    likes = (3 * posts["reposts"] * (0.5 + luck) + 4 * luck**3).astype(np.int64)
    return np.where(posts["kind"] == REPOST, 0, likes)


def media_hashes(media: Ints) -> pa.Array:
    """Return 64 hexadecimal digits for each picture, as a 256-bit perceptual hash is written."""
    key = media[media >= 0].astype(np.uint64)
    words = np.stack([scramble(key * np.uint64(4) + np.uint64(n)) for n in range(4)], axis=1)
    digits = np.ascontiguousarray(words).view(np.uint8).reshape(-1, 32)
    letters = np.frombuffer(b"0123456789abcdef", np.uint8)
    pairs = np.stack([letters[digits >> 4], letters[digits & 15]], axis=2).reshape(-1, 64)
    return (
        pa.FixedSizeBinaryArray.from_buffers(
            pa.binary(64), key.size, [None, pa.py_buffer(np.ascontiguousarray(pairs))]
        )
        .cast(pa.binary())
        .cast(pa.string())
    )


def account_ids(plan: Plan) -> Ints:
    """Return ids in the order of creation: short serial numbers at first, time-stamped ones later."""
    created = plan.accounts.created_us
    milliseconds = created // 1000
    serial_until = 1_447_000_000_000  # about when the platform changed its ids, November 2015
    old = ((milliseconds - 1_142_900_000_000) * 13_000 // 1_000_000).clip(1000)
    new = (milliseconds - 1_288_834_974_657) << 22
    ids = np.where(milliseconds < serial_until, old, new)
    order = np.argsort(ids, kind="stable")
    rank = np.arange(ids.size)
    ids[order] = np.maximum.accumulate(ids[order] - rank) + rank
    return ids


def usernames(plan: Plan) -> list[str]:
    """Return handles: words and a number to taste, or the pattern of word, word and eight digits."""
    rng = plan.stream("handles")
    words = [word for word in WORDS["en"] if len(word) > 2]
    size = plan.accounts.size
    a, b = rng.integers(0, len(words), (2, size)).tolist()
    number = rng.integers(0, 100_000_000, size).tolist()
    style = rng.random(size).tolist()
    taken: set[str] = set()
    names = []
    for i, patterned in enumerate(plan.accounts.patterned.tolist()):
        name = _handle(words[a[i]], words[b[i]], number[i], style[i], patterned)
        while name in taken:
            name += str(len(taken) % 10)
        taken.add(name)
        names.append(name)
    return names


def _handle(a: str, b: str, number: int, style: float, patterned: bool) -> str:
    if patterned:
        return f"{a.capitalize()}{b.capitalize()}"[:7] + f"{number:08d}"
    if style < 0.35:
        return f"{a}{b}"
    if style < 0.6:
        return f"{a}_{b}{number % 100}"
    if style < 0.85:
        return f"{a}{b.capitalize()}{number % 1000}"
    return f"the_{a}_{b}"[:15]


def display_names(plan: Plan) -> list[str]:
    """Return names as people give them: a first name and a word."""
    rng = plan.stream("names")
    first, second = rng.random((2, plan.accounts.size)).tolist()
    names = []
    for i, code in enumerate(plan.accounts.language.tolist()):
        given, words = GIVEN_NAMES[LANGUAGES[code]], WORDS[LANGUAGES[code]]
        names.append(f"{given[int(first[i] * len(given))]} {words[int(second[i] * len(words))].capitalize()}")
    return names


def bios(plan: Plan) -> list[str]:
    """Return profiles: interests; for an outlet's accounts the outlet; for many of a camp, one template."""
    people, rng = plan.accounts, plan.stream("bios")
    draws = rng.random((4, people.size)).tolist()
    texts = []
    for i, code in enumerate(people.language.tolist()):
        words = WORDS[LANGUAGES[code]]
        a, b, c = (words[int(draws[k][i] * len(words))] for k in range(3))
        pattern = BIO_PATTERNS[int(draws[3][i] * len(BIO_PATTERNS))]
        if people.templated[i]:
            pattern = BIO_TEMPLATE
        place = PLACES[PLACE_NAMES[int(people.claimed[i])]].location
        texts.append(pattern.format(a=a, b=b, c=c, place=place))
    for group in plan.groups:
        for i in group.members.tolist():
            texts[i] = _group_bio(plan, group.label, group.number, ROLES[int(people.role[i])], texts[i])
    return texts


def _group_bio(plan: Plan, label: int, number: int, role: str, own: str) -> str:
    domain = plan.domains[plan.groups[number].domain]
    if role == "outlet":
        return f"News of the day. {domain}"
    if role == "regional":
        return f"A regional account of {domain}"
    return own


def portraits(plan: Plan) -> list[str]:
    """Return picture paths; some of a camp's accounts share a few."""
    people = plan.accounts
    own = scramble(np.arange(people.size, dtype=np.uint64) + np.uint64(plan.seed << 20))
    shared = scramble(
        (people.portrait + 1).astype(np.uint64) * np.uint64(7919) + people.camp.astype(np.uint64)
    )
    chosen = np.where(people.portrait >= 0, shared, own) >> np.uint64(32)
    return [f"portraits/{number:08x}.png" for number in chosen.tolist()]
