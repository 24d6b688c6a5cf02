"""The table `accounts` of a case or of the simulator, taken as it is."""

from syncline.columns import ACCOUNTS
from syncline.sources.cells import expression
from syncline.sources.format import Format

FORMAT = Format(
    name="syncline-accounts",
    title="Accounts of a Syncline case or of its simulator",
    source="syncline.schema.ACCOUNTS",
    kinds=("parquet",),
    needs=frozenset(ACCOUNTS),
    accounts={name: expression("{0}", name) for name in ACCOUNTS},
    verbatim=True,
)
