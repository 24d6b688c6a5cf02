"""Campaigns: what each network pushed, day by day, whom it addressed, who did what in it, and who listened.

`find_campaigns` reads the tables that exist once networks are found and makes its own beside them.
"""

import pyarrow as pa

from syncline.campaigns.acts import build_acts
from syncline.campaigns.attention import find_applause, find_targets
from syncline.campaigns.directives import find_directives
from syncline.campaigns.impact import find_impact
from syncline.campaigns.innocent import check_behaviour, check_second_accounts
from syncline.campaigns.roles import find_roles
from syncline.campaigns.uptake import find_uptake
from syncline.engines.duckdb import DuckDBEngine
from syncline.schema import APPLAUSE, DIRECTIVES, FINDINGS, IMPACT, ROLES, TARGETS, UPTAKE

__all__ = ["find_campaigns"]

_TABLES = {
    "directives": DIRECTIVES,
    "uptake": UPTAKE,
    "targets": TARGETS,
    "applause": APPLAUSE,
    "roles": ROLES,
    "impact": IMPACT,
}


def find_campaigns(engine: DuckDBEngine, seed: int, resolution_us: int = 1) -> None:
    """Make `directives`, `uptake`, `targets`, `applause`, `roles` and `impact` of `syncline.schema`.

    Fills `members.role`, and adds to `findings` the statements on impact and the innocent explanations that show in
    what a network did. Reads `posts`, `accounts`, what `traces.build_traces` makes of them, `networks`, `members`,
    `edges`, `findings` and, where it is there, `cleared` (platform, account_id): accounts that an analyst has cleared,
    which count neither to a network nor to the crowd. Without a network of three accounts or more the tables are empty.
    `resolution_us` is that of the log's clock.
    """
    if not engine.has("cleared"):
        engine.put("cleared", _NO_ACCOUNTS)
    statements = check_second_accounts(engine)
    if engine.row("SELECT count(*) FROM networks WHERE kind = 'network'")[0]:
        build_acts(engine)
        find_uptake(engine, seed)
        find_directives(engine)
        find_targets(engine)
        find_applause(engine)
        find_roles(engine, resolution_us)
        statements += find_impact(engine) + check_behaviour(engine)
    else:
        for name, columns in _TABLES.items():
            engine.put(name, columns.empty_table())
    known = engine.fetch("SELECT * FROM findings").cast(FINDINGS)
    engine.put("findings", pa.concat_tables([known, pa.Table.from_pylist(statements, schema=FINDINGS)]))


_NO_ACCOUNTS = pa.table({"platform": pa.array([], pa.string()), "account_id": pa.array([], pa.string())})
