"""The road has one direction: rooms know the rooms before them, never the ones after."""

import ast
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb
import pytest

from syncline import schema

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
PACKAGE = SOURCE / "syncline"

# Each room and its place on the road; rooms of one place do not need each other.
ROAD = {
    "sources": 1,
    "traces": 2,
    "coaction": 3,
    "networks": 4,
    "accounts": 5,
    "campaigns": 6,
    "case": 7,
    "report": 8,
    "exports": 8,
}
GROUND = {
    "arrays",
    "columns",
    "e_values",
    "engines",
    "errors",
    "faults",
    "graphs",
    "interrupt",
    "louvain",
    "memory",
    "notes",
    "ordered",
    "progress",
    "safety",
    "schema",
    "settings",
    "whole_file",
    "words",
}
BESIDE = {"worlds", "benchmarks"}
ORCHESTRATORS = {"syncline", "__main__", "api", "cli", "demo", "explain", "pipeline"}

# Distributions whose module goes by another name.
MODULES = {"scikit-learn": "sklearn"}
# Modules that another distribution documents as its own.
CARRIED = {"pydantic_core": "pydantic", "PIL": "pillow", "py4j": "pyspark"}


@dataclass(frozen=True)
class Module:
    """A Python file of the package and what it imports, whether at its top or inside a function."""

    name: str
    is_package: bool
    tree: ast.Module

    @property
    def part(self) -> str:
        """The room, or what else stands directly in the package."""
        return part_of(self.name)

    @property
    def package(self) -> list[str]:
        names = self.name.split(".")
        return names if self.is_package else names[:-1]


def part_of(module: str) -> str:
    names = module.split(".")
    return names[1] if len(names) > 1 else names[0]


@cache
def modules() -> dict[str, Module]:
    found = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        names = list(file.relative_to(SOURCE).with_suffix("").parts)
        is_package = names[-1] == "__init__"
        name = ".".join(names[:-1] if is_package else names)
        found[name] = Module(name, is_package, ast.parse(file.read_text(encoding="utf-8")))
    return found


def running_code(node: ast.AST) -> Iterator[ast.AST]:
    """Every node but those that only a type checker reads."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"):
            for other in child.orelse:
                yield other
                yield from running_code(other)
        else:
            yield child
            yield from running_code(child)


def imported(module: Module) -> set[str]:
    """Everything that `module` imports: modules of the package by their whole name, others too."""
    names = set()
    for node in running_code(module.tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = module.package[: len(module.package) - node.level + 1] if node.level else []
            origin = ".".join([*base, *([node.module] if node.module else [])])
            # `from package import name` is the module where there is one of that name.
            names |= {
                whole if (whole := f"{origin}.{alias.name}") in modules() else origin for alias in node.names
            }
        elif is_dynamic_import(node):
            names |= {argument.value for argument in node.args if isinstance(argument, ast.Constant)}
    return names


def is_dynamic_import(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in {
        "import_module",
        "__import__",
    }


def neighbours(module: Module) -> set[str]:
    return {name for name in imported(module) if name in modules() and name != module.name}


def test_every_module_has_its_place() -> None:
    parts = {module.part for module in modules().values()}
    assert parts <= ROAD.keys() | GROUND | BESIDE | ORCHESTRATORS


@pytest.mark.parametrize("room", sorted(ROAD))
def test_a_room_imports_none_further_down_and_nothing_beside_the_road(room: str) -> None:
    wrong = [
        f"{module.name} imports {name}"
        for module in modules().values()
        if module.part == room
        for name in neighbours(module)
        if not may_import(room, part_of(name))
    ]
    assert wrong == []


def may_import(room: str, part: str) -> bool:
    # The package itself holds the version.
    return part in GROUND | {room, "syncline"} or ROAD.get(part, 99) < ROAD[room]


def test_the_ground_imports_no_room() -> None:
    wrong = [
        f"{module.name} imports {name}"
        for module in modules().values()
        if module.part in GROUND
        for name in neighbours(module)
        if part_of(name) not in GROUND | {"syncline"}
    ]
    assert wrong == []


def test_only_orchestrators_import_what_stands_beside_the_road() -> None:
    wrong = [
        f"{module.name} imports {name}"
        for module in modules().values()
        if module.part not in ORCHESTRATORS | BESIDE
        for name in neighbours(module)
        if part_of(name) in BESIDE
    ]
    assert wrong == []


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {name: neighbours(module) for name, module in modules().items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_every_part_from_elsewhere_is_declared_and_every_declared_one_is_used() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = distributions(project["dependencies"])
    extras = project["optional-dependencies"]
    for_benchmarks = distributions(extras["bench"])
    for_some = {name for extra in ("images", "spark", "stix") for name in distributions(extras[extra])}
    needed = from_elsewhere(module for module in modules().values() if module.part != "benchmarks")
    assert needed <= declared | for_some
    # DuckDB makes the tables that only a type checker sees imported.
    assert declared - {"pandas"} <= needed
    assert from_elsewhere(modules().values()) - declared - for_some == for_benchmarks


def from_elsewhere(some: Iterable[Module]) -> set[str]:
    tops = {name.split(".")[0] for module in some for name in imported(module)}
    return {CARRIED.get(name, name) for name in tops - sys.stdlib_module_names - {"syncline"}}


def distributions(requirements: list[str]) -> set[str]:
    names = [re.split(r"[\s\[<>=!~;]", requirement)[0] for requirement in requirements]
    return {MODULES.get(name, name.replace("-", "_")) for name in names}


# The SQL steps.


@dataclass(frozen=True)
class SqlStep:
    """A `.sql` file: what its header says and what its query reads."""

    path: str
    header: dict[str, str]
    query: str

    @property
    def room(self) -> str:
        return self.path.split("/")[0]

    @property
    def table(self) -> str:
        return (self.header.get("writes") or self.header["appends"]).split()[0].strip(" (")

    @property
    def reads(self) -> set[str]:
        """The tables that the header names."""
        return set(re.split(r",\s*", self.header["reads"]))

    @property
    def queried(self) -> set[str]:
        """The tables that the query names, by DuckDB's own parser."""
        query = re.sub(r"\$\w+", "1", self.query)
        answer = duckdb.execute("SELECT json_serialize_sql(?)", [query]).fetchone()
        assert answer
        parsed = json.loads(answer[0])
        assert not parsed["error"], f"{self.path}: {parsed.get('error_message')}"
        nodes = list(objects_in(parsed))
        named = {node["table_name"] for node in nodes if node.get("type") == "BASE_TABLE"}
        return named - {
            entry["key"] for node in nodes if "cte_map" in node for entry in node["cte_map"]["map"]
        }


def objects_in(document: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON document, at whatever depth."""
    if isinstance(document, dict):
        yield document
        document = list(document.values())
    if isinstance(document, list):
        for part in document:
            yield from objects_in(part)


@cache
def steps() -> dict[str, SqlStep]:
    found = {}
    for file in sorted(PACKAGE.rglob("*.sql")):
        path = file.relative_to(PACKAGE).as_posix()
        lines = file.read_text(encoding="utf-8").splitlines()
        found[path] = SqlStep(path, header(lines), "\n".join(lines))
    return found


def header(lines: list[str]) -> dict[str, str]:
    """The comment at the top, as a dict; a line without a key carries the one above it on."""
    said: dict[str, str] = {}
    key = ""
    for line in lines:
        if not line.startswith("--"):
            break
        text = line[2:].strip()
        if match := re.match(r"(title|reads|writes|appends|formula): *(.*)", text):
            key, text = match.groups()
        said[key] = f"{said[key]} {text}" if key in said else text
    return said


every_step = pytest.mark.parametrize("path", sorted(steps()))


@every_step
def test_a_step_says_what_it_asks_reads_and_makes(path: str) -> None:
    said = steps()[path].header
    assert "" not in said
    assert said["title"]
    assert said["reads"]
    assert len({"writes", "appends"} & said.keys()) == 1


@every_step
def test_a_step_that_computes_gives_its_formula(path: str) -> None:
    step = steps()[path]
    code = "\n".join(line for line in step.query.splitlines() if not line.lstrip().startswith("--"))
    # Another unit is no formula.
    code = re.sub(r" / (ln\(10\)|10+\.0)", "", code)
    if re.search(r"\b(ln|exp|sqrt|log2|log10|power|pow)\s*\(|\s/\s|\^", code):
        assert step.header.get("formula"), f"{path} computes, but its header has no '-- formula:'"


@every_step
def test_a_step_reads_what_its_header_says(path: str) -> None:
    step = steps()[path]
    assert step.queried == step.reads


@pytest.mark.parametrize("path", sorted(steps()))
def test_a_step_fits_the_page(path: str) -> None:
    """Ruff sees to Python's lines."""
    assert max(map(len, steps()[path].query.splitlines())) <= 120


@pytest.mark.parametrize("room", sorted({step.room for step in steps().values()}))
def test_the_steps_of_a_room_have_an_order_in_which_each_reads_what_was_made_before(room: str) -> None:
    made = set(schema.TABLES) | made_by_python(room)
    made |= {step.table for step in steps().values() if step.room != room and may_read_from(room, step.room)}
    waiting = [step for step in steps().values() if step.room == room]
    while ready := [step for step in waiting if step.reads <= made]:
        made |= {step.table for step in ready}
        waiting = [step for step in waiting if step not in ready]
    assert {step.path: step.reads - made for step in waiting} == {}


def may_read_from(room: str, other: str) -> bool:
    return other == room or ROAD.get(other, 0) < ROAD.get(room, 99)


@cache
def made_by_python(room: str) -> set[str]:
    """Tables that the Python of this room or an earlier one makes, by name: `put`, `make` and `CREATE TABLE`."""
    made = set[str]()
    for module in modules().values():
        if may_read_from(room, module.part):
            made |= {name for node in ast.walk(module.tree) for name in tables_made(node)}
    return made


def tables_made(node: ast.AST) -> Iterator[str]:
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr
        in (
            "put",
            "make",
        )
    ):
        yield from (argument.value for argument in node.args[:1] if isinstance(argument, ast.Constant))
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from re.findall(r"CREATE (?:OR REPLACE )?(?:TEMP )?(?:TABLE|VIEW) (\w+)", node.value)
        # A table with the types of its columns, handed to a function that makes it.
        yield from re.findall(r"^(\w+)\(\w+ (?:VARCHAR|INTEGER|BIGINT)", node.value)


@pytest.mark.parametrize("room", sorted({step.room for step in steps().values()}))
def test_every_step_is_run_by_its_room(room: str) -> None:
    names = {name for module in modules().values() if module.part == room for name in step_names(module)}
    unused = [
        path
        for path in steps()
        if path.startswith(f"{room}/") and not any(re.fullmatch(name, path) for name in names)
    ]
    assert unused == []


def step_names(module: Module) -> Iterator[str]:
    """Patterns of the paths that the module's text names: whole, bare (`bursts`), or partly filled in."""
    anything = f"{module.part}/anything.sql"
    for node in ast.walk(module.tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and re.fullmatch(r"[\w/.]+", node.value)
        ):
            yield re.escape(node.value)
            yield rf"{module.part}/{re.escape(node.value)}(\.sql)?"
        if isinstance(node, ast.JoinedStr):
            parts = [
                re.escape(part.value) if isinstance(part, ast.Constant) else r"\w+" for part in node.values
            ]
            if not re.fullmatch(pattern := "".join(parts), anything):
                yield pattern
    yield from (rf"traces/{behaviour}\.sql" for behaviour in schema.BEHAVIOURS)
