"""Cells of a file as SQL: ids, words, numbers, yes and no, lists, times.

Each helper returns a `Field`. Several names mean: the first of these columns that is not empty.
"""

from collections.abc import Callable, Sequence

from syncline.sources import text, times
from syncline.sources.format import Column, Field
from syncline.sources.sql import as_json, literal

MISSING = ("", "nan", "NaN", "NaT", "None", "null", "NULL", "<NA>", "NA")
# What stands for no post or account in many tables; also as a float.
_NO_REFERENCE = ("0", "-1", "0.0", "-1.0")
# What stands for the author or the words of something deleted.
GONE = (
    *("[deleted]", "[removed]", "[deleted by user]", "[removed by moderator]", "u/[deleted]", "[Deleted]"),
    # With a blank they are nobody's handle.
    *(
        "Deleted Account",
        "Deleted account",
        "deleted account",
        "Deleted User",
        "Deleted user",
        "deleted user",
    ),
)
# What many bear who have no account.
GUESTS = (
    *(
        "guest",
        "anonymous",
        "anonym",
        "anon",
        "visitor",
        "unknown",
        "user",
        "username",
        "none",
        "nobody",
        "n/a",
    ),
    *("deleted", "removed", "admin", "member", "gast", "ناشناس", "مهمان", "کاربر", "مجهول", "زائر"),
)
YES_NO = {"true": "true yes t y 1 1.0", "false": "false no f n 0 0.0"}
_QUOTES = "'\""
_AROUND_IDS = " '\""
_EMPTY_LISTS = ("", "[]", "{}", "nan", "None", "null", "null;", "NULL", "NA", "character(0)")


def ident(*names: str) -> Field:
    """An id, as text. Whole numbers come without a decimal point; damaged ones are left to be found."""
    return _first(names, _id_text)


def reference(*names: str) -> Field:
    """An id of another post or account, where 0 and -1 stand for none in many tables."""
    return _first(names, lambda column: _id_text(column, _NO_REFERENCE))


def words(*names: str) -> Field:
    """Text as it stands; an empty cell is NULL."""
    return _first(names, _text)


def person(*names: str, nobody: tuple[str, ...] = ()) -> Field:
    """The id or name of an account; NULL where many deleted accounts stand under one name, or those in `nobody`."""
    return _first(names, lambda column: _id_text(column, (*GONE, *nobody)))


def person_or_place(name: str, place: str) -> Field:
    """The account in the column `name`; where that is empty, but for deleted accounts, the place spoke for itself."""

    def render(column: Column, where: Column) -> str:
        author, channel = _id_text(column, GONE), _id_text(where)
        blank = f"{column.sql} IS NULL OR {_is_one_of(_varchar(column), MISSING)}"
        return f"CASE WHEN {blank} THEN {channel} ELSE {author} END"

    return Field((name, place), render)


def told(*names: str) -> Field:
    """Text that describes an account: NULL also where a program spells what is missing, such as NA or nan."""
    return _first(names, lambda column: _unless(_text(column), MISSING))


def said(*names: str) -> Field:
    """Text as it stands; NULL where the cell says that it was deleted."""
    return _first(names, lambda column: _unless(_text(column), GONE))


def _unless(cell: str, words: tuple[str, ...]) -> str:
    return f"CASE WHEN {_is_one_of(cell, words)} THEN NULL ELSE {cell} END"


def number(*names: str) -> Field:
    """A whole number; thousands separators are dropped."""
    return _first(names, _integer)


def yes_no(*names: str) -> Field:
    """true, yes, t, y, 1 and their opposites."""
    return _first(names, _boolean)


def moment(*names: str) -> Field:
    """A time of any kind that `times` understands."""
    return _first(names, lambda column: times.time_us(column.sql, column.type))


def listing(*names: str, keys: tuple[str, ...] = ()) -> Field:
    """A list of words: a real list, JSON, or text such as `[a, b]`, `['a', 'b']`, `a,b` or `a b`.

    `keys` are the keys to look at where an element is a JSON object. A leading # or @ is dropped.
    """
    return _first_list(names, lambda column: words_of(column, keys))


def links(*names: str, keys: tuple[str, ...] = ()) -> Field:
    """A list of URLs, written in any of the ways of `listing`; commas inside a URL stay."""
    return _first_list(names, lambda column: links_of(column, keys))


def html(name: str, marked: str = "") -> Field:
    """The words of a cell in HTML; others, in which the pattern `marked` is not found, stay as they are."""

    def render(column: Column) -> str:
        cell = _varchar(column)
        is_html = f"regexp_matches({cell}, {literal(marked)}, 'i')"
        return (
            f"CASE WHEN {is_html} THEN {text.plain(cell)} ELSE {_text(column)} END"
            if marked
            else text.plain(cell)
        )

    return Field((name,), render)


def first_links(*names: str, words: str, words_first: bool = False) -> Field:
    """The URLs of the first of the columns `names` that holds any, else those in the text of the column `words`.

    Not of all together: one link, short in the text and whole beside it, would count as two. With `words_first`
    the text is looked at first.
    """

    def render(body: Column, *columns: Column) -> str:
        told = text.urls(text.tokens(_varchar(body)))
        beside = [links_of(column) for column in columns]
        return _first_filled([told, *beside] if words_first else [*beside, told])

    return Field((words, *names), render)


def _first_filled(lists: list[str]) -> str:
    return f"COALESCE({', '.join(f'nullif(CAST({each} AS VARCHAR[]), [])' for each in lists)}, [])"


def constant(sql: str) -> Field:
    """The same SQL value for every row."""
    return Field((), lambda: sql)


def expression(sql: str, *names: str) -> Field:
    """Free SQL in which `{0}`, `{1}` ... stand for the named columns."""
    return Field(names, lambda *columns: sql.format(*(column.sql for column in columns)))


def coded(prefix: str, name: str) -> Field:
    """A list with the one id in the column, marked by `prefix`; empty where there is none."""

    def render(column: Column) -> str:
        cell = _id_text(column)
        return f"CASE WHEN {cell} IS NULL THEN [] ELSE [{literal(prefix)} || {cell}] END"

    return Field((name,), render)


def within(place: Field, number: Field) -> Field:
    """The id of a message that is counted in its place: that of the place, a hyphen and the number."""
    width = len(place.columns)

    def render(*columns: Column) -> str:
        where, counted = place.render(*columns[:width]), number.render(*columns[width:])
        return f"CASE WHEN {counted} IS NOT NULL THEN COALESCE({where} || '-', '') || {counted} END"

    return Field((*place.columns, *number.columns), render)


def spelled(names: Sequence[str], keys: str) -> Field:
    """What stands under the first of `keys` in objects as a program spells them: `{'id': 1}`, `User(id=1)`, JSON."""

    def render(*columns: Column) -> str:
        found = [_under(_varchar(column), key) for column in columns for key in keys.split()]
        return f"COALESCE({', '.join(found)})"

    return Field(tuple(names), render)


def _under(cell: str, key: str) -> str:
    # What is spelled inside of other objects or words is not the author's.
    flat = f"regexp_replace(regexp_replace({cell}, {literal(_INNER)}, '', 'g'), {literal(_INNER)}, '', 'g')"
    found = rf"""(?:^\s*[\w.]*[{{(]|,\s*)['"]?{key}['"]?\s*[:=]\s*['"]?([\w.:@-]+)"""
    spelled = f"nullif(nullif(regexp_extract({flat}, {literal(found)}, 1), ''), 'None')"
    return f"COALESCE(json_extract_string({as_json(cell)}, {literal('$.' + key)}), {spelled})"


# An object or list that follows a name.
_INNER = r"[:=]\s*[\w.]*[\[{(][^\[\]{}()]*[\])}]"


def referred_to(name: str, kind: str) -> Field:
    """The id of the post that is referred to as `kind`, in a list of JSON or as a program spells it.

    Such as `[{'type': 'quoted', 'id': '1'}]` and `[<ReferencedTweet id=1 type=quoted]`.
    """
    id_, type_ = r"""id['"]?\s*[:=]\s*['"]?(\d+)['"]?""", rf"""type['"]?\s*[:=]\s*['"]?{kind}\b['"]?"""

    def render(column: Column) -> str:
        orders = (rf"\b{id_}[,\s]\s*['\"]?{type_}", rf"\b{type_},?\s*['\"]?{id_}")
        found = (f"nullif(regexp_extract({_varchar(column)}, {literal(each)}, 1), '')" for each in orders)
        return f"COALESCE({', '.join(found)})"

    return Field((name,), render)


def html_links(name: str) -> Field:
    """Where the links of a cell lead that holds HTML, or those among its words if none is marked."""

    def render(column: Column) -> str:
        body = _varchar(column)
        return _first_filled([text.html_links(body), text.urls(text.tokens(text.plain(body)))])

    return Field((name,), render)


def words_of(column: Column, keys: tuple[str, ...] = ()) -> str:
    """The list of words in a cell, as in `listing`; NULL where the cell is empty."""
    return _list(column, keys, r"[^\s,;|\"'\[\]#@]+")


def links_of(column: Column, keys: tuple[str, ...] = ()) -> str:
    """The list of URLs in a cell, as in `links`; NULL where the cell is empty."""
    return _list(column, keys, r"[^\s|\"'\[\]]+")


def _first(names: tuple[str, ...], cell: Callable[[Column], str]) -> Field:
    def render(*columns: Column) -> str:
        # The engine would plan what the file lacks, as long as what it has.
        held = [column for column in columns if not column.is_absent] or columns[:1]
        cells = [cell(column) for column in held]
        return cells[0] if len(cells) == 1 else f"COALESCE({', '.join(cells)})"

    return Field(names, render)


def _first_list(names: tuple[str, ...], cell: Callable[[Column], str]) -> Field:
    return Field(names, lambda *columns: f"COALESCE({', '.join(map(cell, columns))}, [])")


def _id_text(column: Column, nobody: tuple[str, ...] = ()) -> str:
    """An id as text; NULL where it is missing or one of `nobody`."""
    if column.type != "VARCHAR":
        return _unless(_number_text(column), nobody) if nobody else _number_text(column)
    cell, none = column.sql, (*MISSING, *nobody)
    # Most ids are plain: only those with something around them take the longer way.
    # Below '(' sort the empty cell and what begins with a blank, or with a mark that keeps spreadsheets off.
    rough = f"{cell} < '(' OR ends_with({cell}, '.0') OR ends_with({cell}, ' ')"
    bare = f"trim({cell}, {literal(_AROUND_IDS)})"
    return (
        f"CASE WHEN {rough} THEN {_smooth(bare, none)}"
        f" WHEN {_is_one_of(cell, none)} THEN NULL ELSE {cell} END"
    )


def _number_text(column: Column) -> str:
    if column.type not in ("DOUBLE", "FLOAT"):
        return f"CAST({column.sql} AS VARCHAR)"
    # Above 2^53 a double no longer tells neighbours apart: keep its own spelling, which the
    # check for damaged ids then finds.
    whole = f"abs({column.sql}) <= 9007199254740992 AND {column.sql} = trunc({column.sql})"
    return (
        f"CASE WHEN isnan({column.sql}) THEN NULL WHEN {whole}"
        f" THEN CAST(CAST({column.sql} AS BIGINT) AS VARCHAR) ELSE CAST({column.sql} AS VARCHAR) END"
    )


def _smooth(cell: str, none: tuple[str, ...]) -> str:
    small_float = f"ends_with({cell}, '.0') AND TRY_CAST({cell} AS DOUBLE) <= 9007199254740992"
    return f"CASE WHEN {_is_one_of(cell, none)} THEN NULL WHEN {small_float} THEN {cell}[:-3] ELSE {cell} END"


def _is_one_of(cell: str, words: tuple[str, ...]) -> str:
    """Whether the cell is one of a few short words. Not by IN: the engine turns a long IN into a join."""
    chain = " ".join(f"WHEN {literal(word)} THEN true" for word in words)
    return f"(strlen({cell}) <= {max(map(len, words))} AND CASE {cell} {chain} ELSE false END)"


def _text(column: Column) -> str:
    return f"nullif({_varchar(column)}, '')"


def _integer(column: Column) -> str:
    if column.type == "VARCHAR":
        # Few numbers are grouped: only cells that are none as they stand are looked at again.
        cell = column.sql
        grouped = f"CASE WHEN contains({cell}, ',') THEN TRY_CAST(replace({cell}, ',', '') AS BIGINT) END"
        return f"COALESCE(TRY_CAST({cell} AS BIGINT), {grouped})"
    return f"TRY_CAST({column.sql} AS BIGINT)"


def _boolean(column: Column) -> str:
    if column.type == "BOOLEAN":
        return column.sql
    cell = f"lower({_varchar(column)})"
    said = [f"WHEN '{word}' THEN {value}" for value, words in YES_NO.items() for word in words.split()]
    return f"CASE {cell} {' '.join(said)} END"


def _list(column: Column, keys: tuple[str, ...], token: str) -> str:
    if column.is_absent:  # the engine binds no lambda to a constant NULL
        return "CAST(NULL AS VARCHAR[])"
    if column.type.endswith("[]") and not column.type.startswith("STRUCT"):
        return f"CAST({column.sql} AS VARCHAR[])"
    cell = column.sql if column.type == "VARCHAR" else f"CAST(to_json({column.sql}) AS VARCHAR)"
    items = f"regexp_extract_all(replace({cell}, ',http', ' http'), {literal(token)})"
    as_text = f"[rtrim(item, ',;') FOR item IN {items} IF rtrim(item, ',;') <> '']"
    return (
        f"CASE WHEN {cell} IS NULL OR {_is_one_of(cell, _EMPTY_LISTS)} THEN NULL"
        f" WHEN starts_with({cell}, '[') THEN COALESCE({_json_list(cell, keys)},"
        rf" CASE WHEN regexp_matches({cell}, '^\[\s*(\{{|[\w.]+\()') THEN {_spelled_list(cell, keys)}"
        f" ELSE {as_text} END)"
        # R spells a list as c("a", "b").
        f""" WHEN starts_with({cell}, 'c("') THEN regexp_extract_all({cell}, '"([^"]*)"', 1)"""
        f" ELSE {as_text} END"
    )


def _json_list(cell: str, keys: tuple[str, ...]) -> str:
    """The elements of a JSON list as words; NULL if the cell is no JSON after all."""
    if not keys:
        items = f"json_extract_string({as_json(cell)}, '$[*]')"
        # Most lists are clean and need no second look at each element.
        rough = " OR ".join(f"contains({cell}, {literal(mark)})" for mark in ("#", "@", "null", '""'))
        return (
            f"CASE WHEN {rough} THEN [ltrim(item, '#@') FOR item IN {items} IF item <> ''] ELSE {items} END"
        )
    named = ", ".join(f"item ->> {literal(key)}" for key in keys)
    word = f"CASE json_type(item) WHEN 'OBJECT' THEN COALESCE({named}) ELSE item ->> '$' END"
    words = f"[ltrim({word}, '#@') FOR item IN json_extract({as_json(cell)}, '$[*]')]"
    return f"list_filter({words}, lambda item: item <> '')"


def _spelled_list(cell: str, keys: tuple[str, ...]) -> str:
    """What stands under the first of `keys` in a list as a program spells it: `[{'a': 'b'}]`, `[A(a='b')]`."""
    found = [
        f"nullif(regexp_extract_all({cell}, "
        + literal(rf"""\b{key}['"]?\s*[:=]\s*('[^']*'|"[^"]*"|\d+)""")
        + ", 1), [])"
        for key in keys
    ]
    listed = f"COALESCE({', '.join([*found, 'CAST([] AS VARCHAR[])'])})"
    return f"[trim(item, {literal(_QUOTES)}) FOR item IN {listed} IF trim(item, {literal(_QUOTES)}) <> '']"


def _varchar(column: Column) -> str:
    return column.sql if column.type == "VARCHAR" else f"CAST({column.sql} AS VARCHAR)"
