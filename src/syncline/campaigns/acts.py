"""Who took up what and when: every act on every object; the members' for the whole log, by days and by hours."""

import pyarrow as pa

from syncline.campaigns.constants import DAY_US, HOURS_US
from syncline.engines.duckdb import DuckDBEngine
from syncline.traces.normalise import fold_hashtag

# Scopes of a taking: which blocks of time the log is cut into.
SCOPES = WHOLE_LOG, DAYS, HOURS = 0, 1, 2


def build_acts(engine: DuckDBEngine) -> None:
    """Make `campaign_acts`, everybody's, and `campaign_takings`, the members', with who and what they are of."""
    engine.run("campaigns/people.sql")
    engine.run("campaigns/names.sql")
    engine.run("campaigns/addressed.sql")
    engine.put("campaign_hashtags", _folded_hashtags(engine))
    engine.drop("campaign_acts")
    engine.run("campaigns/objects.sql")
    for step in ("accounts", "hashtags"):
        engine.run(f"campaigns/acts_on_{step}.sql")
    engine.run("campaigns/acts_from_traces.sql")
    engine.run("campaigns/takings.sql", day_us=DAY_US, hours_us=HOURS_US)


def _folded_hashtags(engine: DuckDBEngine) -> pa.Table:
    written = engine.fetch(
        "SELECT DISTINCT unnest(hashtags) AS hashtag FROM posts_coded WHERE len(hashtags) > 0"
    )
    folded = [fold_hashtag(hashtag or "") for hashtag in written.column("hashtag").to_pylist()]
    table = pa.table(
        {"hashtag": written.column("hashtag").cast(pa.string()), "folded": pa.array(folded, pa.string())}
    )
    return table.filter(pa.array([name != "" for name in folded], pa.bool_()))
