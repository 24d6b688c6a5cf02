"""Near-duplicate texts: one key for all versions of one text, reworded a little or with its slots changed.

Five-character shingles of the normalised text, all digits alike, so that another name or number leaves most of
a text in place (Broder 1997); candidates by MinHash and locality-sensitive hashing (rensa); every candidate
verified by its Jaccard index. A cluster is the texts that are similar to one of them, the most frequent;
similarity is not passed on from text to text, so that no chain joins texts that have little in common.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]

#: Under a name and a version, like the normaliser: which texts count as one is a forensic decision.
CLUSTERING = "syncline-near-duplicates/1"

#: Jaccard index of the shingles from which two texts count as versions of one.
SIMILAR = 0.6

_SHINGLE = 5
# 32 bands of 4 rows: texts with an index of 0.6 become candidates in 99% of cases, with 0.2 in 5%.
_BANDS, _ROWS = 32, 4
_SEED = 1
_BATCH = 20_000
_DIGITS = str.maketrans("123456789", "000000000")


def cluster_keys(texts: Sequence[str]) -> list[str]:
    """The key of each text's cluster: the text of it that occurs most often (of equals, the first by letters).

    `texts` are normalised (see `normalise_text`) and may repeat. A text without any like it is its own key.
    """
    counts = Counter(texts)
    distinct = sorted(counts, key=lambda text: (-counts[text], text))
    leaders = _leaders(distinct)
    key_of = {text: distinct[leader] for text, leader in zip(distinct, leaders.tolist(), strict=True)}
    return [key_of[text] for text in texts]


def _leaders(texts: Sequence[str]) -> Ints:
    """For each text the place of its cluster's first."""
    leader = np.arange(len(texts))
    if len(texts) < 2:
        return leader
    bands = _band_keys(texts)
    undecided = np.arange(len(texts))
    while undecided.size:
        first, second = _candidates(bands, undecided)
        similar = _jaccard(texts, first, second) >= SIMILAR
        undecided = _decide(leader, first[similar], second[similar])
    return leader


def _decide(leader: Ints, first: Ints, second: Ints) -> Ints:
    """Give each of `second` the first similar text that leads; return those whose similar ones all follow.

    Pairs are in the order of `second`, each with `first` before `second`.
    """
    waiting: dict[int, bool] = {}
    for a, b in zip(first.tolist(), second.tolist(), strict=True):
        if leader[b] != b:
            continue
        if leader[a] == a and not waiting.get(a, False):
            leader[b] = a
            waiting[b] = False
        else:
            waiting[b] = True
    return np.array(sorted(text for text, waits in waiting.items() if waits), np.int64)


def _candidates(bands: Hashes, texts: Ints) -> tuple[Ints, Ints]:
    """Pairs of the first text in a bucket with each other in it, every pair once, in the order of the second."""
    pairs = []
    for band in bands:
        keys = band[texts]
        order = np.argsort(keys, kind="stable")
        sorted_keys = keys[order]
        begins = np.concatenate([[True], sorted_keys[1:] != sorted_keys[:-1]])
        first = order[np.maximum.accumulate(np.where(begins, np.arange(order.size), 0))]
        follows = ~begins
        pairs.append(texts[order[follows]] << 32 | texts[first[follows]])
    joined = np.unique(np.concatenate(pairs))
    return joined & 0xFFFFFFFF, joined >> 32


def _band_keys(texts: Sequence[str]) -> Hashes:
    """One key for each band and text, the same where the band's rows of the MinHash are."""
    keys = np.empty((_BANDS, len(texts)), np.uint64)
    weights = _random_odd(_ROWS)
    for begin in range(0, len(texts), _BATCH):
        shingles, offsets = _shingles(texts[begin : begin + _BATCH])
        digests = RMinHash.digest_matrix_from_flat_token_hashes(shingles, offsets, _BANDS * _ROWS, _SEED)
        rows = np.array(digests.to_rows(), np.uint64).reshape(-1, _BANDS, _ROWS)
        keys[:, begin : begin + rows.shape[0]] = _mixed((rows * weights).sum(axis=2)).T
    return keys


def _jaccard(texts: Sequence[str], first: Ints, second: Ints) -> npt.NDArray[np.float64]:
    """The Jaccard index of the shingles of each pair of texts."""
    parts = [_jaccard_of(texts, first[part], second[part]) for part in _parts(first.size)]
    return np.concatenate([np.empty(0), *parts])


def _jaccard_of(texts: Sequence[str], first: Ints, second: Ints) -> npt.NDArray[np.float64]:
    a, pair_a = _distinct_shingles([texts[place] for place in first.tolist()])
    b, pair_b = _distinct_shingles([texts[place] for place in second.tolist()])
    both = np.concatenate([a, b])
    order = np.argsort(both)
    # Each list holds a shingle of a pair once at most, so what is there twice is in both.
    twice = np.flatnonzero(both[order][1:] == both[order][:-1])
    common = np.bincount(np.concatenate([pair_a, pair_b])[order[twice]], minlength=first.size)
    either = np.bincount(pair_a, minlength=first.size) + np.bincount(pair_b, minlength=first.size) - common
    index: npt.NDArray[np.float64] = common / either
    return index


def _distinct_shingles(texts: Sequence[str]) -> tuple[Hashes, Ints]:
    """The distinct shingles of each text, as hashes of shingle and place in `texts`, and that place."""
    shingles, offsets = _shingles(texts)
    place = np.repeat(np.arange(len(texts)), (offsets[1:] - offsets[:-1]).astype(np.int64))
    hashes = _mixed(shingles + place.astype(np.uint64) * _random_odd(1)[0])
    order = np.argsort(hashes)
    new = np.concatenate([[True], hashes[order][1:] != hashes[order][:-1]])
    return hashes[order[new]], place[order[new]]


def _shingles(texts: Sequence[str]) -> tuple[Hashes, Hashes]:
    """Hashes of all shingles of all texts, one after another, and where each text's begin and end."""
    # Short texts are padded, so that each has a shingle.
    padded = [text.translate(_DIGITS).ljust(_SHINGLE) for text in texts]
    letters = np.frombuffer("".join(padded).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    lengths = np.array([len(text) for text in padded])
    counts = lengths - (_SHINGLE - 1)
    weights = _random_odd(_SHINGLE)
    windows = letters.size - (_SHINGLE - 1)
    hashes = np.zeros(windows, np.uint64)
    for place in range(_SHINGLE):
        hashes += letters[place : place + windows] * weights[place]
    starts = np.cumsum(lengths) - lengths
    offsets = np.concatenate([[0], np.cumsum(counts)])
    within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], counts)
    return _mixed(hashes[np.repeat(starts, counts) + within]), offsets.astype(np.uint64)


def _mixed(hashes: Hashes) -> Hashes:
    """Hashes with every bit depending on every bit (the finaliser of SplitMix64, Steele et al. 2014)."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))


def _random_odd(count: int) -> Hashes:
    return np.random.default_rng(_SEED).integers(0, 2**64, count, np.uint64) | np.uint64(1)


def _parts(size: int) -> Iterator[slice]:
    for begin in range(0, size, _BATCH):
        yield slice(begin, begin + _BATCH)
