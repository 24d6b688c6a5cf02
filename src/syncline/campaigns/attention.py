"""Whom a network turns to: brigading episodes against targets, and the accounts that it applauds."""

from syncline.campaigns.constants import DAY_US, HOUR_US, HOURS_AFTER, MEMBERS_MIN
from syncline.engines.duckdb import DuckDBEngine

# Accounts that a target is compared with.
_TARGETS_ALIKE = 20
# Share of a network that must have taken up an account's posts before a single one says that the account is lifted up.
_ONE_POST_SHARE = 0.25
# Accounts that must have answered a post before its repliers are compared with another post's.
_REPLIERS_MIN = 3
# Posts of a target, in an episode or outside of all, whose repliers are compared.
_POSTS_MOST = 200

_TARGET_STEPS = (
    "episodes",
    "aimed",
    "comparable_targets",
    "hours_after",
    "hourly",
    "episode_rates",
    "repliers_overlap",
    "targets",
)


def find_targets(engine: DuckDBEngine) -> None:
    """Make `targets` (see `syncline.schema`) from `directives`. Tone of text is not judged."""
    for step in _TARGET_STEPS:
        engine.run(
            f"campaigns/{step}.sql",
            day_us=DAY_US,
            hour_us=HOUR_US,
            targets_alike=_TARGETS_ALIKE,
            hours_after=HOURS_AFTER,
            repliers_min=_REPLIERS_MIN,
            posts_most=_POSTS_MOST,
        )


def find_applause(engine: DuckDBEngine) -> None:
    """Make `applause` (see `syncline.schema`) from `directives`."""
    engine.run("campaigns/applause.sql", members_min=MEMBERS_MIN, one_post_share=_ONE_POST_SHARE)
