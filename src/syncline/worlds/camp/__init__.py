"""The camp: staff in shifts, several personas each, daily directives, quotas.

What it does is what studies and former members have described (docs/worlds.md). Its texts are the
same neutral filler words as everybody's.
"""

from syncline.worlds.camp.staff import open_workplace, recruit
from syncline.worlds.camp.work import answer, bystanders, pretend, write

__all__ = ["answer", "bystanders", "open_workplace", "pretend", "recruit", "write"]
