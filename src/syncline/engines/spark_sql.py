"""DuckDB's SQL as Spark reads it, and which tables a query names."""

from functools import cache

import sqlglot
from sqlglot import exp


@cache
def tables_of(query: str) -> frozenset[str]:
    """The tables that `query` names, those that it makes itself (WITH) left out."""
    tree = sqlglot.parse_one(query, read="duckdb")
    made = {expression.alias for expression in tree.find_all(exp.CTE)}
    return frozenset(table.name for table in tree.find_all(exp.Table)) - made


@cache
def in_spark_sql(query: str) -> str:
    """`query`, in DuckDB's dialect, in Spark's. Raises ValueError where the translation would mean something else."""
    tree = sqlglot.parse_one(query, read="duckdb")
    if any(isinstance(found.this, exp.Order) for found in tree.find_all(exp.ArrayAgg)):
        # SQLGlot leaves the order out without a word.
        raise ValueError("list(x ORDER BY y) has no equal in Spark: write list_sort(list(x))")
    return tree.transform(_in_floating_point).sql(dialect="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)


def _in_floating_point(node: exp.Expression) -> exp.Expression:
    """0.05 is a decimal for both, but Spark also divides decimals as such, which loses digits."""
    if isinstance(node, exp.Literal) and not node.is_string and not node.this.isdigit():
        return exp.cast(node.copy(), exp.DataType.Type.DOUBLE)
    return node
