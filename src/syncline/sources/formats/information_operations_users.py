"""Accounts of the platform's information-operations releases."""

from syncline.sources.cells import ident
from syncline.sources.format import Format
from syncline.sources.formats.information_operations import AUTHOR, SOURCE

FORMAT = Format(
    name="information-operations-users",
    title="Information-operations release, accounts (CSV)",
    source=SOURCE,
    kinds=("csv", "parquet"),
    needs=frozenset({"userid", "account_creation_date"}),
    without=frozenset({"tweetid"}),
    accounts={"account_id": ident("userid"), **AUTHOR},
    platform="x",
)
