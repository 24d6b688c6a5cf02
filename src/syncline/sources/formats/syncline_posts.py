"""The table `posts` of a case or of the simulator, taken as it is."""

from syncline.columns import POSTS
from syncline.sources.cells import expression
from syncline.sources.format import Format

FORMAT = Format(
    name="syncline-posts",
    title="Posts of a Syncline case or of its simulator",
    source="syncline.schema.POSTS",
    kinds=("parquet",),
    # Tables of earlier versions lack the gap between two clocks.
    needs=frozenset(POSTS) - {"clock_gap_us"},
    posts={name: expression("{0}", name) for name in POSTS},
    verbatim=True,
)
