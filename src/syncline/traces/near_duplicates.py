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
# Of texts, or of pairs of them, and of their letters.
_BATCH, _LETTERS = 20_000, 1 << 22
# Bytes: of each letter that is looked at; of each text, its keys and itself.
_LETTER, _TEXT = 60, 340
_ROUNDS = 8
# A shingle's bits in a key that also holds the number of its text within a batch.
_BITS = np.uint64(40)


def cluster_keys(texts: Sequence[str]) -> list[str]:
    """The key of each text's cluster: the text of it that occurs most often (of equals, the first by letters).

    `texts` are normalised (see `normalise_text`) and may repeat. A text without any like it is its own key.
    """
    counts = Counter(texts)
    distinct = sorted(counts, key=lambda text: (-counts[text], text))
    key_of = {
        text: distinct[leader] for text, leader in zip(distinct, leaders(distinct).tolist(), strict=True)
    }
    return [key_of[text] for text in texts]


def room(texts: int, letters: int) -> int:
    """How many bytes `leaders` takes of so many texts, with so many bytes of letters in all."""
    return texts * _TEXT + letters + _LETTERS * _LETTER


def leaders(texts: Sequence[str]) -> Ints:
    """For each of `texts`, distinct and the most frequent first, the place of its cluster's first."""
    leader = np.arange(len(texts))
    if len(texts) < 2:
        return leader
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    bands = _band_keys(texts, lengths)
    undecided = np.arange(len(texts))
    refused = np.empty(0, np.int64)
    # What is still open after these rounds, rare and on the rim of several clusters, stays its own text.
    for _ in range(_ROUNDS):
        pairs = np.setdiff1d(_candidates(bands, undecided), refused, assume_unique=True)
        first, second = pairs & 0xFFFFFFFF, pairs >> 32
        similar = _jaccard(texts, lengths, first, second) >= SIMILAR
        refused = np.concatenate([refused, pairs[~similar]])
        undecided = _decide(leader, first[similar], second[similar])
        if not undecided.size:
            break
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


def _candidates(bands: Hashes, texts: Ints) -> Ints:
    """Pairs of the first text in a bucket with each other in it, as one number, the second above: ascending."""
    pairs = []
    for band in bands:
        keys = band[texts]
        order = np.argsort(keys, kind="stable")
        sorted_keys = keys[order]
        begins = np.concatenate([[True], sorted_keys[1:] != sorted_keys[:-1]])
        first = order[np.maximum.accumulate(np.where(begins, np.arange(order.size), 0))]
        follows = ~begins
        pairs.append(texts[order[follows]] << 32 | texts[first[follows]])
    return np.unique(np.concatenate(pairs))


def _band_keys(texts: Sequence[str], lengths: Ints) -> Hashes:
    """One key for each band and text, the same where the band's rows of the MinHash are."""
    keys = np.empty((_BANDS, len(texts)), np.uint64)
    weights = _random_odd(_ROWS)
    for part in _parts(lengths):
        shingles, offsets = _shingles(texts[part])
        digests = RMinHash.digest_matrix_from_flat_token_hashes(shingles, offsets, _BANDS * _ROWS, _SEED)
        rows = np.array(digests.to_rows(), np.uint64).reshape(-1, _BANDS, _ROWS)
        keys[:, part] = _mixed((rows * weights).sum(axis=2)).T
    return keys


def _jaccard(texts: Sequence[str], lengths: Ints, first: Ints, second: Ints) -> npt.NDArray[np.float64]:
    """The Jaccard index of the shingles of each pair of texts, which have so many letters."""
    parts = [
        _jaccard_of(texts, first[part], second[part]) for part in _parts(lengths[first] + lengths[second])
    ]
    return np.concatenate([np.empty(0), *parts])


def _jaccard_of(texts: Sequence[str], first: Ints, second: Ints) -> npt.NDArray[np.float64]:
    # A text is in many pairs, but is cut up once.
    places, pairs = np.unique(np.stack([first, second]), return_inverse=True)
    shingles = _distinct_shingles([texts[place] for place in places.tolist()])
    begins = np.searchsorted(shingles >> _BITS, np.arange(places.size + 1, dtype=np.uint64))
    a, b = (_of_pairs(shingles, begins[text], begins[text + 1]) for text in pairs)
    # Two sorted lists, each with a shingle of a pair once at most, so what is there twice is in both.
    both = np.sort(np.concatenate([a, b]), kind="stable")
    common = _by_pair(both[1:][both[1:] == both[:-1]], first.size)
    index: npt.NDArray[np.float64] = common / (_by_pair(both, first.size) - common)
    return index


def _of_pairs(shingles: Hashes, begins: Ints, ends: Ints) -> Hashes:
    """The shingles from `begins` to `ends` of each pair, as keys of the pair's place and the shingle's hash, sorted."""
    counts = ends - begins
    rows = np.arange(counts.sum()) + np.repeat(begins - (np.cumsum(counts) - counts), counts)
    place = np.repeat(np.arange(begins.size, dtype=np.uint64), counts)
    keys: Hashes = place << _BITS | (shingles[rows] & ((np.uint64(1) << _BITS) - np.uint64(1)))
    return keys


def _distinct_shingles(texts: Sequence[str]) -> Hashes:
    """The distinct shingles of each text, as keys of the text's place and the shingle's hash, sorted."""
    shingles, offsets = _shingles(texts)
    place = np.repeat(np.arange(len(texts), dtype=np.uint64), (offsets[1:] - offsets[:-1]).astype(np.int64))
    keys = np.sort(place << _BITS | shingles >> np.uint64(64 - int(_BITS)))
    distinct: Hashes = keys[np.concatenate([[True], keys[1:] != keys[:-1]])]
    return distinct


def _by_pair(keys: Hashes, pairs: int) -> Ints:
    return np.bincount((keys >> _BITS).astype(np.int64), minlength=pairs)


def _shingles(texts: Sequence[str]) -> tuple[Hashes, Hashes]:
    """Hashes of all shingles of all texts, one after another, and where each text's begin and end."""
    # Short texts are padded, so that each has a shingle.
    padded = [text.ljust(_SHINGLE) for text in texts]
    letters = np.frombuffer("".join(padded).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    letters[(letters >= ord("0")) & (letters <= ord("9"))] = ord("0")
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


def _parts(lengths: Ints) -> Iterator[slice]:
    """So many at a time, and so many letters; what is longer than that comes alone."""
    ends = np.cumsum(lengths)
    begin = 0
    while begin < lengths.size:
        full = int(np.searchsorted(ends, ends[begin] - lengths[begin] + _LETTERS, "right"))
        end = max(begin + 1, min(begin + _BATCH, full))
        yield slice(begin, end)
        begin = end
