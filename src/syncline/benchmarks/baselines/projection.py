"""The projection of shares onto accounts: an accounts x objects matrix times its transpose."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pyarrow as pa
import scipy.sparse as sp

from syncline.benchmarks.baselines.post_log import Integers

# Entries of one block of rows: bounds memory to some hundred megabytes whatever the log.
_BLOCK_ENTRIES = 10_000_000


def incidence(shares: pa.Table, accounts: int) -> sp.csr_matrix:
    """How often each account shared each object: accounts x objects, counts as float64."""
    objects, column = np.unique(shares["object"].to_numpy(), return_inverse=True)
    row = shares["account"].to_numpy()
    counts = sp.csr_matrix((np.ones(len(row)), (row, column)), shape=(accounts, len(objects)))
    counts.sum_duplicates()
    return counts


def entries_by_row(matrix: sp.csr_matrix) -> Integers:
    """An upper bound on the entries of each row of `matrix @ matrix.T`, int64."""
    object_accounts = np.bincount(matrix.indices, minlength=matrix.shape[1])
    ones = sp.csr_matrix(
        (np.ones(matrix.nnz, dtype=np.int64), matrix.indices, matrix.indptr), shape=matrix.shape
    )
    bound: Integers = ones @ object_accounts.astype(np.int64)
    return bound


def projected_blocks(matrix: sp.csr_matrix) -> Iterator[tuple[int, sp.csr_matrix]]:
    """`matrix @ matrix.T` in blocks of rows of bounded size: (number of the first row, block)."""
    transposed = matrix.T.tocsr()
    block_of_row = np.cumsum(entries_by_row(matrix)) // _BLOCK_ENTRIES
    starts = np.flatnonzero(np.diff(block_of_row, prepend=-1))
    for start, stop in pairwise([*starts.tolist(), matrix.shape[0]]):
        yield start, (matrix[start:stop] @ transposed).tocsr()
