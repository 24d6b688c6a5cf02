"""Tables that a JSON object holds column by column, as pandas and R write them unless told otherwise."""

from typing import Any

from syncline.sources.format import Record


def may_be_columnar(begun: Record) -> bool:
    """Whether the object, of which only the beginning may be known, begins as such a table."""
    held = begun.values()
    if isinstance(begun.get("columns"), list):
        return True
    return all(map(_is_numbered, held)) or (
        all(isinstance(each, list) for each in held) and any(map(_has_plain, held))
    )


def rows_of(table: Any) -> list[Any] | None:
    """The rows of a table held by columns, or by a list of columns and one of rows; None if it is no such table.

    A row that does not fit the columns is given as it stands.
    """
    if not isinstance(table, dict):
        return None
    columns, rows = table.get("columns"), table.get("data")
    if isinstance(columns, list) and isinstance(rows, list):
        fits = [isinstance(row, list) and len(row) == len(columns) for row in rows]
        named = zip(rows, fits, strict=True)
        return [dict(zip(map(str, columns), row, strict=True)) if fit else row for row, fit in named]
    held = list(table.values())
    # Several columns of objects are lists of records that happen to be equally long.
    if len(held) < 2 or sum(map(_holds_objects, held)) > 1:
        return None
    if all(_is_numbered(each) and each.keys() == held[0].keys() for each in held):
        return [{name: cells[key] for name, cells in table.items()} for key in held[0]]
    if all(isinstance(each, list) and len(each) == len(held[0]) for each in held) and any(
        map(_has_plain, held)
    ):
        return [dict(zip(table, row, strict=True)) for row in zip(*held, strict=True)]
    return None


def _holds_objects(column: Any) -> bool:
    cells = column.values() if isinstance(column, dict) else column if isinstance(column, list) else ()
    return 2 * sum(isinstance(cell, dict) for cell in cells) > len(cells)


def _is_numbered(column: Any) -> bool:
    return isinstance(column, dict) and bool(column) and all(map(str.isdecimal, column))


def _has_plain(column: list[Any]) -> bool:
    return any(each is not None and not isinstance(each, dict | list) for each in column)
