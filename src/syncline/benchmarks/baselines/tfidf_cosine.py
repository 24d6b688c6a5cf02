"""Co-retweet similarity without a window (Pacheco et al. 2021, case study 4, and its released code)."""

import numpy as np
import pandas as pd
import pyarrow as pa
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfTransformer

from syncline.benchmarks.baselines.post_log import Flags, PostLog, Tables, flags, heaviest_edge
from syncline.benchmarks.baselines.projection import incidence, projected_blocks

SUPPORT = 10
MIN_DOCUMENTS = 3
NEIGHBOURS = 100
QUANTILE = 0.995


def cosine_similarities(shares: pa.Table, accounts: int) -> pd.DataFrame:
    """Cosine of the accounts' TF-IDF vectors over objects: account_a, account_b, cosine.

    As in the released code: accounts with more than 10 shares, on two objects at least; sublinear counts;
    objects of three such accounts or more (all, if there are none); each account's 100 nearest, itself
    included, and of those the ones after it in the order of codes. `shares` has object and account (int64).
    """
    counts = incidence(shares, accounts)
    supported = _supported(counts)
    vectors = _tfidf(counts[supported])
    parts = [_nearest(start, block) for start, block in projected_blocks(vectors)]
    nearest = pd.concat([_NO_PAIRS, *parts], ignore_index=True)
    code = np.flatnonzero(supported)
    return nearest.assign(account_a=code[nearest["account_a"]], account_b=code[nearest["account_b"]])


_NO_PAIRS = pd.DataFrame(
    {"account_a": np.empty(0, np.int64), "account_b": np.empty(0, np.int64), "cosine": np.empty(0)}
)


def _supported(counts: sp.csr_matrix) -> Flags:
    shares_of_account = np.asarray(counts.sum(axis=1)).ravel()
    supported: Flags = (shares_of_account > SUPPORT) & (np.diff(counts.indptr) > 1)
    return supported


def _tfidf(counts: sp.csr_matrix) -> sp.csr_matrix:
    documents = np.bincount(counts.indices, minlength=counts.shape[1])
    least = MIN_DOCUMENTS if (documents >= MIN_DOCUMENTS).any() else 1
    if not counts.nnz:
        return counts
    return TfidfTransformer(sublinear_tf=True).fit_transform(counts[:, documents >= least]).tocsr()


def _nearest(start: int, block: sp.csr_matrix) -> pd.DataFrame:
    """Of a block of similarities that begins at row `start`, each row's largest, in the upper triangle."""
    similar = block.tocoo()
    others = similar.col != similar.row + start
    row, column, cosine = similar.row[others], similar.col[others], similar.data[others]
    order = np.lexsort((-cosine, row))
    row, column, cosine = row[order], column[order], cosine[order]
    rank = np.arange(len(row)) - np.searchsorted(row, row)
    kept = (rank < NEIGHBOURS - 1) & (column > row + start)
    account_a, account_b = row[kept].astype(np.int64) + start, column[kept].astype(np.int64)
    return pd.DataFrame({"account_a": account_a, "account_b": account_b, "cosine": cosine[kept]})


def detect(tables: Tables) -> pd.DataFrame:
    """Accounts by their highest cosine; named are those on the strongest 0.5% of the pairs."""
    log = PostLog(tables["posts"])
    accounts = len(log.accounts)
    pairs = cosine_similarities(log.shares("repost_of_others"), accounts)
    strongest = pairs[pairs["cosine"] >= pairs["cosine"].quantile(QUANTILE)]
    return log.detections(
        heaviest_edge(accounts, pairs["account_a"], pairs["account_b"], pairs["cosine"]),
        flags(accounts, strongest["account_a"], strongest["account_b"]),
    )
