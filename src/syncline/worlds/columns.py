"""Posts as columns of numbers, from the moment they are drawn until they are written.

A draft is a dict of equally long numpy arrays with the columns of `DTYPES`. Strings appear only
when a day is rendered, so that a day of a million posts stays small.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

# What an array holds; numpy's own scalar types differ by width only.
Array = NDArray[Any]
Ints = NDArray[Any]
Floats = NDArray[Any]
Flags = NDArray[Any]
Draft = dict[str, Array]

ORIGINAL, REPOST, REPLY, QUOTE = range(4)

# Column: (dtype, value where nothing was said).
DTYPES: dict[str, tuple[type, float]] = {
    "account": (np.int32, 0),
    "time_us": (np.int64, 0),
    "post_id": (np.int64, 0),
    "topic": (np.int32, 0),
    "kind": (np.int8, ORIGINAL),
    "source": (np.int64, -1),  # row of the post reacted to in the day's pool
    "ref_id": (np.int64, -1),
    "ref_account": (np.int32, -1),
    "ref_time_us": (np.int64, -1),
    "nth": (np.int32, -1),  # how many reposts of the same post came before this one
    "thread": (np.int64, -1),
    "url": (np.int64, -1),
    "url_variant": (np.int8, 0),
    "tag0": (np.int32, -1),
    "tag1": (np.int32, -1),
    "tag2": (np.int32, -1),
    "mention": (np.int32, -1),
    "media": (np.int64, -1),
    "client": (np.int8, 0),
    "text": (np.uint64, 0),  # key from which the words follow
    "rewording": (np.float32, 0),  # share of words that are the post's own instead
    "wording": (np.uint64, 0),  # key of those own words
    "pasted": (np.bool_, 0),  # filled in by a page or an app, not typed
    "language": (np.int8, 0),
    "weight": (np.float32, 0),  # how much it draws reactions
    "directive": (np.int32, -1),
    "label": (np.int8, 0),
    "deleted": (np.bool_, 0),
    "reposts": (np.int32, 0),
    "replies": (np.int32, 0),
}

# What a repost carries over from the post that it repeats.
CARRIED = (
    "text",
    "rewording",
    "wording",
    "pasted",
    "language",
    "url",
    "url_variant",
    "tag0",
    "tag1",
    "tag2",
    "mention",
    "media",
    "thread",
)

LABELS = (
    "organic",
    "breaking_news",
    "sports_final",
    "fandom",
    "tweet_storm",
    "outlet",
    "scheduler",
    "pod",
    "second_account",
    "conference",
    "camp_author",
    "camp_booster",
    "camp_replier",
    "camp_camouflage",
    "bystander",
)
LABEL = {name: code for code, name in enumerate(LABELS)}


def draft(rows: int, **known: object) -> Draft:
    """Return a draft of so many posts; columns not given hold their neutral value."""
    made: Draft = {}
    for name, (dtype, neutral) in DTYPES.items():
        value = known.pop(name, neutral)
        column: Array = np.empty(rows, dtype)
        column[:] = value
        made[name] = column
    if known:
        raise KeyError(f"no such column: {sorted(known)}")
    return made


def join(drafts: Sequence[Draft]) -> Draft:
    """Return the drafts one below the other."""
    if not drafts:
        return draft(0)
    return {name: np.concatenate([part[name] for part in drafts]) for name in DTYPES}


def take(rows: Draft, where: Array) -> Draft:
    """Return the chosen rows: a mask or row numbers."""
    return {name: column[where] for name, column in rows.items()}


def scramble(key: Ints) -> Ints:
    """Return well-mixed bits of each key (SplitMix64, Steele, Lea and Flood 2014)."""
    with np.errstate(over="ignore"):
        z = key.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def share_of(bits: Ints) -> Floats:
    """Return each key's bits as a number in [0, 1)."""
    return (bits >> np.uint64(11)).astype(np.float64) * 2.0**-53
