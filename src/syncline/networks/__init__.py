"""Networks: links that pass the error control, the communities they make, and who in them may be named."""

from syncline.networks.checks import Checks, conclude, confirm, explain_networks, ladder
from syncline.networks.placebo import Placebo, minute_share, permuted_copy
from syncline.networks.synchronous import SYNCHRONOUS, find_synchronous_groups, write_synchronous
from syncline.networks.tables import find_networks, write_tables

__all__ = [
    "SYNCHRONOUS",
    "Checks",
    "Placebo",
    "conclude",
    "confirm",
    "explain_networks",
    "find_networks",
    "find_synchronous_groups",
    "ladder",
    "minute_share",
    "permuted_copy",
    "write_synchronous",
    "write_tables",
]
