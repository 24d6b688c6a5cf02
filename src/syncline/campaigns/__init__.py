"""Campaigns: what each network pushed, day by day, whom it addressed, who did what in it, and who listened.

`find_campaigns` reads the tables that exist once networks are found and makes its own beside them.
"""

from syncline.campaigns.acts import build_acts
from syncline.campaigns.attention import find_applause, find_targets
from syncline.campaigns.directives import find_directives
from syncline.campaigns.roles import find_roles
from syncline.campaigns.uptake import find_uptake

__all__ = ["build_acts", "find_applause", "find_directives", "find_roles", "find_targets", "find_uptake"]
