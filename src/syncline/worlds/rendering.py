"""Turn a day's columns of numbers into rows of schema.POSTS. Only here do posts become strings."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from syncline.schema import POSTS
from syncline.worlds.columns import QUOTE, REPLY, REPOST, Array, Draft, Flags, Ints, scramble, share_of
from syncline.worlds.plan import Plan
from syncline.worlds.profiles import Profiles
from syncline.worlds.vocabulary import CLIENTS, LANGUAGES, WORDS

# Tracking parameters and fragments that links pick up on their way.
_VARIANTS = ("", "?utm_source=share", "?utm_medium=social&utm_campaign=feed", "#top")
_SHORTEST, _LENGTHS = 6, 9  # words of a sentence: 6 to 14
_LIKES_PER_REPOST = 3
_KEYBOARD = {"ی": "ي", "ک": "ك"}  # Persian letters and those of an Arabic keyboard


class Renderer:
    """Writes the strings of one plan's posts; holds those that every day needs."""

    def __init__(self, plan: Plan, profiles: Profiles) -> None:
        self._plan = plan
        self._platforms = pa.array(list(plan.world.people.platforms))
        self._ids = profiles.texts
        self._handles = pa.array(profiles.usernames, pa.string())
        self._tags = pa.array(plan.topics.tag_names, pa.string())
        self._sites = pa.array(plan.sites, pa.string())
        self._words = pa.array([word for language in LANGUAGES for word in WORDS[language]])
        sizes = np.array([len(WORDS[language]) for language in LANGUAGES])
        self._word_count, self._first_word = sizes, np.cumsum(sizes) - sizes

    def posts(self, posts: Draft, first_row: int) -> pa.Table:
        """Return rows of schema.POSTS; `first_row` is the number of the first one in its file."""
        kind, account, size = posts["kind"], posts["account"], posts["account"].size
        urls = self._urls(posts)
        columns = {
            "platform": self._platforms.take(pa.array(self._plan.accounts.platform[account])),
            "post_id": _digits(posts["post_id"]),
            "account_id": self._ids.take(pa.array(account)),
            "time_us": pa.array(posts["time_us"]),
            "clock_gap_us": pa.nulls(size, pa.int64()),
            "text": self._texts(posts, urls),
            "lang": pa.array(LANGUAGES).take(pa.array(posts["language"])),
            "is_repost": pa.array(kind == REPOST),
            "reposted_post_id": _digits(posts["ref_id"], kind == REPOST),
            "reposted_account_id": self._ids.take(pa.array(posts["ref_account"], mask=kind != REPOST)),
            "reply_to_post_id": _digits(posts["ref_id"], kind == REPLY),
            "reply_to_account_id": self._ids.take(pa.array(posts["ref_account"], mask=kind != REPLY)),
            "quoted_post_id": _digits(posts["ref_id"], kind == QUOTE),
            "thread_id": _digits(posts["thread"]),
            "urls": _lists(urls, posts["url"] >= 0),
            "hashtags": self._hashtags(posts),
            "mentions": self._mentions(posts),
            "media_hashes": _lists(_media_hashes(posts["media"]), posts["media"] >= 0),
            "client": pa.array(CLIENTS).take(pa.array(posts["client"])),
            "likes": pa.array(_likes(posts)),
            "reposts": pa.array(posts["reposts"].astype(np.int64)),
            "replies": pa.array(posts["replies"].astype(np.int64)),
            "source_file": pa.repeat("posts.parquet", size),
            "source_row": pa.array(np.arange(first_row, first_row + size)),
        }
        return pa.table([columns[name] for name in POSTS.names], schema=POSTS)

    def _hashtags(self, posts: Draft) -> pa.Array:
        tags = np.stack([posts["tag0"], posts["tag1"], posts["tag2"]], axis=1)
        return _lists(self._tags.take(pa.array(tags[tags >= 0])), *(tags >= 0).T)

    def _mentions(self, posts: Draft) -> pa.Array:
        named = posts["mention"] >= 0
        return _lists(self._ids.take(pa.array(posts["mention"][named])), named)

    def _urls(self, posts: Draft) -> pa.Array:
        linked = posts["url"] >= 0
        url, variant = posts["url"][linked], posts["url_variant"][linked]
        site = self._sites.take(pa.array(url >> 32))
        ending = pa.array(_VARIANTS).take(pa.array(variant))
        return _joined("https://", site, "/story/", _digits(url & 0xFFFFFFFF), ending)

    def _texts(self, posts: Draft, urls: pa.Array) -> pa.Array:
        """Return the platform's mark of a repost, the mention, words, hashtags and the link."""
        reposter = self._handles.take(pa.array(np.maximum(posts["ref_account"], 0)))
        named = self._handles.take(pa.array(np.maximum(posts["mention"], 0)))
        parts = [
            _where(posts["kind"] == REPOST, _joined("RT @", reposter, ": ")),
            _where(posts["mention"] >= 0, _joined("@", named, " ")),
            self._typed(posts, self._sentences(posts)),
        ]
        for column in ("tag0", "tag1", "tag2"):
            tag = self._tags.take(pa.array(np.maximum(posts[column], 0)))
            parts.append(_where(posts[column] >= 0, _joined(" #", tag)))
        linked = posts["url"] >= 0
        link = urls.take(pa.array(np.cumsum(linked) - 1, mask=~linked))
        parts.append(_where(linked, _joined(" ", link)))
        return _joined(*parts)

    def _typed(self, posts: Draft, sentences: pa.Array) -> pa.Array:
        """Return the sentences as their authors' keyboards write them."""
        author = np.where(posts["kind"] == REPOST, posts["ref_account"], posts["account"])
        persian = posts["language"] == LANGUAGES.index("fa")
        rows = persian & ~posts["pasted"] & self._plan.accounts.arabic_keyboard[author]
        arabic = sentences.filter(pa.array(rows))
        for letter, other in _KEYBOARD.items():
            arabic = pc.replace_substring(arabic, letter, other)
        return pc.replace_with_mask(sentences, pa.array(rows), arabic)

    def _sentences(self, posts: Draft) -> pa.Array:
        """Return neutral words, drawn by the text's key: one key, one sentence.

        Where a post is reworded, its share of the words follows from its own key instead.
        """
        key = posts["text"]
        length = _SHORTEST + (scramble(key) % np.uint64(_LENGTHS)).astype(np.int64)
        offsets = np.concatenate([[0], np.cumsum(length)])
        row = np.repeat(np.arange(key.size), length)
        position = np.arange(offsets[-1]) - offsets[row]
        bits = _mixed(key[row], position)
        loose = np.flatnonzero(posts["rewording"][row] > 0)
        own = _mixed(posts["wording"][row[loose]], position[loose])
        changed = share_of(scramble(own)) < posts["rewording"][row[loose]]
        bits[loose[changed]] = own[changed]
        language = posts["language"][row]
        word = self._first_word[language] + (share_of(bits) * self._word_count[language]).astype(np.int64)
        words = self._words.take(pa.array(word))
        return pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets.astype(np.int32)), words), " ")


def _mixed(key: Ints, position: Ints) -> Ints:
    return scramble(key ^ scramble(position))


def _digits(numbers: Ints, where: Flags | None = None) -> pa.Array:
    mask = None if where is None else ~where
    return pc.cast(pa.array(numbers.astype(np.int64), mask=mask), pa.string())


def _joined(*parts: pa.Array | str) -> pa.Array:
    return pc.binary_join_element_wise(*parts, "")


def _where(condition: Flags, texts: pa.Array) -> pa.Array:
    return pc.if_else(pa.array(condition), texts, "")


def _lists(values: pa.Array, *present: Flags) -> pa.Array:
    """Return one list a row; `values` holds what is present, row by row."""
    count = np.sum(present, axis=0)
    offsets = np.concatenate([[0], np.cumsum(count)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), values)


def _likes(posts: Draft) -> Ints:
    """Likes follow reposts, with luck; reposts have none of their own."""
    luck = share_of(scramble(posts["post_id"]))
    likes = (_LIKES_PER_REPOST * posts["reposts"] * (0.5 + luck) + 4 * luck**3).astype(np.int64)
    return np.where(posts["kind"] == REPOST, 0, likes)


def _media_hashes(media: Ints) -> pa.Array:
    """Return 64 hexadecimal digits for each picture, as a 256-bit perceptual hash is written."""
    key = media[media >= 0].astype(np.uint64)[:, None] * np.uint64(4) + np.arange(4, dtype=np.uint64)
    octets: Array = scramble(key).view(np.uint8).reshape(-1, 32)
    letters = np.frombuffer(b"0123456789abcdef", np.uint8)
    digits = np.stack([letters[octets >> 4], letters[octets & 15]], axis=2).tobytes()
    offsets = np.arange(len(octets) + 1, dtype=np.int32) * 64
    return pa.StringArray.from_buffers(len(octets), pa.py_buffer(offsets.tobytes()), pa.py_buffer(digits))
