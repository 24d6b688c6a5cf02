"""GEXF 1.3 (https://gexf.net), as Gephi 0.9.3 and newer read it: weights, behaviours and lists kept.

An edge's weight is its evidence, log10 e. Lists are written as Gephi's own arrays, `[repost, url]`, with
quotes where an element needs them.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from syncline.case import Case
from syncline.exports import tables
from syncline.safety import xml_safe
from syncline.whole_file import whole_file

_NAMESPACE = "http://gexf.net/1.3"
_TYPES = {
    "VARCHAR": "string",
    "BIGINT": "long",
    "DOUBLE": "double",
    "BOOLEAN": "boolean",
    "VARCHAR[]": "liststring",
}
_NEEDS_QUOTES = re.compile(r"[ ,\[\]\"'\\]|^$|^null$")


def write(case: Case, out: Path) -> list[Path]:
    """Write the graph into the file `out`, whole or not at all."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(out) as unfinished, unfinished.open("w", encoding="utf-8", newline="\n") as file:
        _write_document(case, _Xml(file, encoding="utf-8", short_empty_elements=True))
    return [out]


class _Xml(XMLGenerator):
    """A writer through which no character gets that XML forbids."""

    def element(self, name: str, attributes: dict[str, Any], text: str | None = None) -> None:
        self.begin(name, attributes)
        if text is not None:
            self.characters(xml_safe(text))
        self.end(name)

    def begin(self, name: str, attributes: dict[str, Any]) -> None:
        safe = {key: xml_safe(str(value)) for key, value in attributes.items()}
        self.startElement(name, AttributesImpl(safe))

    def end(self, name: str) -> None:
        self.endElement(name)
        self.ignorableWhitespace("\n")


def _write_document(case: Case, xml: _Xml) -> None:
    xml.startDocument()
    xml.begin("gexf", {"xmlns": _NAMESPACE, "version": "1.3"})
    _write_meta(case, xml)
    xml.begin("graph", {"mode": "static", "defaultedgetype": "undirected", "idtype": "string"})
    nodes, edges = tables.columns(case, tables.NODES), tables.columns(case, tables.EDGES)
    _declare("node", nodes[2:], xml)
    _declare("edge", edges[3:], xml)
    xml.begin("nodes", {})
    for node_id, label, *values in tables.records(case, tables.NODES):
        _write_item("node", {"id": node_id, "label": label}, nodes[2:], values, xml)
    xml.end("nodes")
    xml.begin("edges", {})
    for number, (source, target, weight, *values) in enumerate(tables.records(case, tables.EDGES)):
        ends = {"id": number, "source": source, "target": target, "weight": weight}
        _write_item("edge", ends, edges[3:], values, xml)
    xml.end("edges")
    xml.end("graph")
    xml.end("gexf")
    xml.endDocument()


def _write_meta(case: Case, xml: _Xml) -> None:
    created = str(case.run.get("created", ""))[:10]
    xml.begin("meta", {"lastmodifieddate": created} if created else {})
    xml.element("creator", {}, f"Syncline {case.run.get('syncline', '')}".strip())
    xml.element("description", {}, "Accounts that act together; an edge's weight is its evidence, log10 e.")
    xml.end("meta")


def _declare(kind: str, columns: list[tuple[str, str]], xml: _Xml) -> None:
    xml.begin("attributes", {"class": kind, "mode": "static"})
    for name, duckdb_type in columns:
        xml.element("attribute", {"id": name, "title": name, "type": _TYPES[duckdb_type]})
    xml.end("attributes")


def _write_item(
    kind: str, attributes: dict[str, Any], columns: list[tuple[str, str]], values: list[Any], xml: _Xml
) -> None:
    xml.begin(kind, attributes)
    xml.begin("attvalues", {})
    for name, value in _present(columns, values):
        xml.element("attvalue", {"for": name, "value": value})
    xml.end("attvalues")
    xml.end(kind)


def _present(columns: list[tuple[str, str]], values: list[Any]) -> Iterator[tuple[str, str]]:
    """Values as GEXF writes them; a value that is not known has no element."""
    for (name, _), value in zip(columns, values, strict=True):
        if isinstance(value, list):
            yield name, _array(value)
        elif isinstance(value, bool):
            yield name, str(value).lower()
        elif value is not None:
            yield name, str(value)


def _array(elements: list[str]) -> str:
    return "[" + ", ".join(_array_element(element) for element in elements) + "]" if elements else "<empty>"


def _array_element(element: str) -> str:
    if not _NEEDS_QUOTES.search(element):
        return element
    escaped = element.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
