"""Counting and listing what happened within a window, by sorting: the same tables as the steps of the same names.

SQL states what is computed and runs on any engine; on one machine NumPy makes these tables several times faster,
because it need not make a row for every pair before it counts them. A test holds both equal.
"""

from syncline.coaction.kernels.bursts import bursts, crowd_bursts, traces_in_blocks
from syncline.coaction.kernels.pairs import repeated_pairs, suspect_meetings
from syncline.coaction.kernels.rates import candidate_rates
from syncline.coaction.kernels.rows import sort_traces
from syncline.coaction.kernels.scores import chance_scores, crowd_scores

__all__ = [
    "bursts",
    "candidate_rates",
    "chance_scores",
    "crowd_bursts",
    "crowd_scores",
    "repeated_pairs",
    "sort_traces",
    "suspect_meetings",
    "traces_in_blocks",
]
