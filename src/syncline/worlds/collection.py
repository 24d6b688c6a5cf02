"""What of a world reaches the log: its clock, its keywords, its outages, its caps and polls."""

import numpy as np

from syncline.worlds.columns import Draft, take
from syncline.worlds.plan import Plan


class Watch:
    """The collector. Days must be given in order."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def collect(self, day: int, posts: Draft) -> Draft:
        """Return the posts of a day that the log holds, in order of its clock."""
        posts = dict(posts)
        step = max(round(self._plan.world.collection.resolution_s * 1e6), 1)
        posts["time_us"] = posts["time_us"] // step * step
        return take(posts, np.lexsort((posts["post_id"], posts["time_us"])))
