"""The documentation says what the code does."""

import importlib.util
import re
import textwrap
import tomllib
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from syncline import schema
from syncline.case import Case
from syncline.coaction.constants import CONSTANTS
from syncline.settings import Settings
from syncline.sources import read
from syncline.sources.mapping import Mapping

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [*sorted(DOCS.rglob("*.md")), *sorted(ROOT.glob("*.md")), *sorted((ROOT / "benchmarks").glob("*.md"))]
_TYPES = {
    pa.string(): "string",
    pa.int64(): "int64",
    pa.float64(): "double",
    pa.bool_(): "bool",
    pa.list_(pa.string()): "list of string",
}


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def rows_of_tables(text: str) -> list[list[str]]:
    """The cells of every row of every Markdown table, heads and rules too."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("table", schema.TABLES)
def test_the_case_folder_lists_every_column(table: str) -> None:
    section = re.split(r"^## ", page("case-folder.md").split(f"\n## {table}\n")[1], flags=re.MULTILINE)[0]
    rows = rows_of_tables(section)
    assert rows[0] == ["column", "type", "meaning"]
    assert [(name, kind) for name, kind, _ in rows[2:]] == [
        (field.name, _TYPES[field.type]) for field in schema.TABLES[table]
    ]
    assert all(meaning for _, _, meaning in rows[2:])


def test_the_case_folder_lists_every_key_of_run_json(made: Case) -> None:
    section = page("case-folder.md").split("\n## run.json\n")[1]
    documented = {key for row in rows_of_tables(section)[2:] for key in row[0].split(", ")}
    assert made.run.keys() <= documented


@pytest.mark.parametrize(
    ("name", "builder"),
    [
        ("beyond.md", "build_beyond"),
        ("command-line.md", "build_cli"),
        ("formats.md", "build_formats"),
        ("measured.md", "build_measured"),
        ("speed.md", "build_speed"),
    ],
)
def test_a_generated_page_is_as_it_would_be_generated(name: str, builder: str) -> None:
    spec = importlib.util.spec_from_file_location(builder, DOCS / f"{builder}.py")
    assert spec and spec.loader
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    assert page(name) == build.render(), f"run: .venv/bin/python docs/{builder}.py"


def test_the_method_gives_the_constants_that_are_used() -> None:
    section = page("method.md").split("\n## Constants\n")[1].split("\n## ")[0]
    documented = {name: float(value) for name, value, _ in rows_of_tables(section)[2:]}
    assert documented == CONSTANTS


@pytest.mark.parametrize("room", ["traces", "coaction"])
def test_the_method_names_every_step(room: str) -> None:
    files = {file.name for file in (ROOT / "src" / "syncline" / room).glob("*.sql")}
    files -= {f"{behaviour}.sql" for behaviour in schema.BEHAVIOURS}
    assert files <= set(re.findall(r"`(\w+\.sql)`", page("method.md")))


def test_the_method_names_no_step_that_is_not_there() -> None:
    files = {file.name for file in (ROOT / "src" / "syncline").rglob("*.sql")}
    assert set(re.findall(r"`(\w+\.sql)`", page("method.md"))) <= files


def test_the_method_lists_every_behaviour() -> None:
    names = {row[0] for row in rows_of_tables(page("method.md"))}
    assert set(schema.BEHAVIOURS) <= names


def test_the_mapping_on_the_input_page_is_valid() -> None:
    section = page("input.md").split("\n## Mapping files\n")[1].split("\nThen:")[0]
    mapping = "\n".join(line[4:] for line in section.splitlines() if line.startswith("    "))
    assert Mapping.model_validate(tomllib.loads(mapping)).posts["account_id"] == "Reader"


def test_the_worked_mapping_gives_what_the_input_page_says(tmp_path: Path) -> None:
    section = page("input.md").split("\n### Comments below newspaper articles\n")[1].split("\n## ")[0]
    table, mapping = re.findall(r"(?:^    .*\n|^\n(?=    ))+", section, flags=re.MULTILINE)[:2]
    (tmp_path / "comments.csv").write_text(textwrap.dedent(table).strip() + "\n", encoding="utf-8")
    (tmp_path / "comments.toml").write_text(textwrap.dedent(mapping), encoding="utf-8")
    with duckdb.connect() as connection:
        result = read(connection, [tmp_path / "comments.csv"], mapping=tmp_path / "comments.toml")
        posts = connection.execute(
            "SELECT platform, account_id, strftime(make_timestamp(time_us), '%H:%M'), reply_to_post_id FROM posts"
        ).fetchall()
        accounts = connection.execute("SELECT username, created_us FROM accounts").fetchall()
    assert result.resolution_us == 60_000_000
    assert [tuple(post) for post in posts] == [
        ("example-times", "r17", "08:00", None),
        ("example-times", "r18", "08:00", "1001"),
        ("example-times", "r17", "08:02", None),
    ]
    assert [tuple(account) for account in accounts] == [("Ann", 1_549_148_400_000_000), (None, None)]


def test_the_windows_that_are_described_are_the_defaults() -> None:
    assert "by default a minute, ten minutes, an hour" in page("method.md")
    assert Settings().windows == (60, 600, 3600)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_and_picture_leads_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    local = [target.split("#")[0] for target in targets if "://" not in target]
    missing = [target for target in local if target and not (path.parent / target).exists()]
    assert missing == []
