"""Five behaviours fused, nodes pruned by eigenvector centrality (Luceri et al. 2024 and its code)."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
import scipy.sparse as sp
from scipy.stats import rankdata
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from syncline.benchmarks.baselines.post_log import Floats, PostLog, Tables
from syncline.benchmarks.baselines.projection import entries_by_row, incidence, projected_blocks
from syncline.errors import SynclineError

MIN_REPOSTS = 20
FAST_SECONDS = 10
MIN_WORDS = 5
TEXT_SIMILARITY = 0.7
# The paper sweeps the threshold over centrality. Of the percentiles that the released code marks
# (85, 90, 97, 99.999), 97 is the strictest that leaves a network.
CENTRALITY_PERCENTILE = 97
# Networks without an edge filter grow with the square of an object's accounts; beyond this they do not fit.
MAX_ENTRIES = 100_000_000

_FAST = """
    SELECT repost.account, original.account AS object
    FROM coded AS repost JOIN coded AS original
      ON original.platform = repost.platform AND original.post_id = repost.reposted_post_id
    WHERE repost.time_us - original.time_us BETWEEN 0 AND $fast_us
    GROUP BY ALL HAVING count(*) > 1
"""

_TEXTS = """
    SELECT account, time_us // 86400000000 AS day,
           regexp_replace(lower(text), 'https?://\\S+|www\\.\\S+|@\\w+|[0-9]+', ' ', 'g') AS words
    FROM coded WHERE NOT is_repost AND text IS NOT NULL ORDER BY day
"""


def fused_network(log: PostLog) -> sp.csr_matrix:
    """The accounts x accounts adjacency, 1.0 where two accounts are alike in one behaviour at least.

    Behaviours: co-repost (accounts with 20 reposts or more), co-URL, sequences of five hashtags or more, fast
    reposts of the same account (two or more within 10 s of the original, where the log holds it) and similar
    originals of one day. An edge is there or not, so the traces' TF-IDF weights do not enter. In place of
    the authors' sentence embeddings, for which a model would have to be fetched, texts are TF-IDF word
    vectors, at the authors' lowest cosine of 0.7. Raises SynclineError where the network would not fit into
    memory.
    """
    accounts = len(log.accounts)
    fused = sp.csr_matrix((accounts, accounts))
    for traces in (
        _co_repost(log),
        incidence(log.shares("url"), accounts),
        incidence(log.shares("hashtag_sequence_of_5"), accounts),
        _fast_repost(log),
    ):
        fused = _union(fused, _sharing(traces.sign()))
    for similar in _similar_texts(log):
        fused = _union(fused, similar)
    fused.setdiag(0)
    fused.eliminate_zeros()
    return fused


def _union(one: sp.csr_matrix, other: sp.csr_matrix) -> sp.csr_matrix:
    return (one + other).sign().tocsr()


def _sharing(traces: sp.csr_matrix) -> sp.csr_matrix:
    """Which accounts have an object in common, from an accounts x objects matrix."""
    entries = int(entries_by_row(traces).sum())
    if entries > MAX_ENTRIES:
        raise SynclineError(
            f"The fused network would hold {entries:,} entries, and no more than {MAX_ENTRIES:,} fit into "
            "memory. It has no edge filter: use a smaller log."
        )
    return (traces @ traces.T).sign().tocsr()


def _co_repost(log: PostLog) -> sp.csr_matrix:
    counts = incidence(log.shares("repost"), len(log.accounts))
    active = np.asarray(counts.sum(axis=1)).ravel() >= MIN_REPOSTS
    return sp.diags(active.astype(np.float64)).tocsr() @ counts


def _fast_repost(log: PostLog) -> sp.csr_matrix:
    log.connection.execute(_FAST, {"fast_us": FAST_SECONDS * 1_000_000})
    rows = log.connection.fetchall()
    pairs = pa.table(
        {
            "account": pa.array([row[0] for row in rows], pa.int64()),
            "object": pa.array([row[1] for row in rows], pa.int64()),
        }
    )
    return incidence(pairs, len(log.accounts))


def _similar_texts(log: PostLog) -> Iterator[sp.csr_matrix]:
    """For each UTC day, which accounts posted texts alike: accounts x accounts."""
    texts = log.connection.sql(_TEXTS).df()
    if texts.empty:
        return
    counts = _word_counts(texts["words"])
    enough = np.asarray(counts.sum(axis=1)).ravel() >= MIN_WORDS
    texts, counts = texts[enough].reset_index(drop=True), counts[enough]
    if texts.empty:
        return
    vectors = TfidfTransformer().fit_transform(counts)
    for rows in texts.groupby("day").indices.values():
        yield _similar_on_a_day(texts.iloc[rows], vectors[rows], len(log.accounts))


def _word_counts(words: "pd.Series[str]") -> sp.csr_matrix:
    vectorizer = CountVectorizer(stop_words="english", token_pattern=r"(?u)\b\w+\b")
    try:
        return vectorizer.fit_transform(words)
    except ValueError:  # scikit-learn's answer to texts without a single word
        return sp.csr_matrix((len(words), 0))


def _similar_on_a_day(texts: pd.DataFrame, vectors: sp.csr_matrix, accounts: int) -> sp.csr_matrix:
    distinct, first, text = np.unique(
        texts["words"].to_numpy(dtype=str), return_index=True, return_inverse=True
    )
    alike = sp.vstack([_alike(block) for _, block in projected_blocks(vectors[first])])
    posted = sp.csr_matrix(
        (np.ones(len(texts)), (texts["account"].to_numpy(), text)), shape=(accounts, len(distinct))
    ).sign()
    return (posted @ alike @ posted.T).sign().tocsr()


def _alike(cosine: sp.csr_matrix) -> sp.csr_matrix:
    cosine.data = np.where(cosine.data >= TEXT_SIMILARITY, 1.0, 0.0)
    cosine.eliminate_zeros()
    return cosine


def eigenvector_centrality(
    adjacency: sp.csr_matrix, *, iterations: int = 500, tolerance: float = 1e-6
) -> Floats:
    """Eigenvector centrality by power iteration on A + I from a uniform start, as NetworkX computes it.

    Isolated accounts are no nodes of the network: minus infinity.
    """
    linked = np.diff(adjacency.indptr) > 0
    network = adjacency[linked][:, linked]
    nodes = network.shape[0]
    centrality = np.full(nodes, 1 / max(nodes, 1))
    for _ in range(iterations):
        before = centrality
        centrality = before + network @ before
        centrality /= np.linalg.norm(centrality) or 1.0
        if np.abs(centrality - before).sum() < nodes * tolerance:
            break
    everyone = np.full(adjacency.shape[0], -np.inf)
    everyone[linked] = centrality
    return everyone


def detect(tables: Tables) -> pd.DataFrame:
    """Accounts by the percentile of their centrality in the fused network; named are the 97th and above."""
    log = PostLog(tables["posts"])
    centrality = eigenvector_centrality(fused_network(log))
    linked = np.isfinite(centrality)
    percentile = np.full(len(centrality), -np.inf)
    percentile[linked] = 100 * rankdata(centrality[linked], method="max") / max(linked.sum(), 1)
    return log.detections(percentile, percentile >= CENTRALITY_PERCENTILE)
