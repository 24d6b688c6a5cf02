"""GEXF: valid by the rules of version 1.3, read back by an independent reader, hostile text and all."""

import re
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pytest

import handmade
from syncline.api import Case
from syncline.exports.gexf import _array

SPACE = "{http://gexf.net/1.3}"
# What the GEXF 1.3 grammar says of the elements used here: attributes required, attributes allowed, children.
GRAMMAR = {
    "gexf": ({"version"}, {"variant"}, ["meta", "graph"]),
    "meta": (set(), {"lastmodifieddate"}, ["creator", "description"]),
    "creator": (set(), set(), []),
    "description": (set(), set(), []),
    "graph": (set(), {"mode", "defaultedgetype", "idtype"}, ["attributes", "attributes", "nodes", "edges"]),
    "attributes": ({"class"}, {"mode"}, ["attribute"]),
    "attribute": ({"id", "title", "type"}, set(), []),
    "nodes": (set(), {"count"}, ["node"]),
    "node": ({"id"}, {"label"}, ["attvalues"]),
    "edges": (set(), {"count"}, ["edge"]),
    "edge": ({"source", "target"}, {"id", "label", "type", "weight", "kind"}, ["attvalues"]),
    "attvalues": (set(), set(), ["attvalue"]),
    "attvalue": ({"for", "value"}, set(), []),
}
TYPES = {"string", "long", "double", "boolean", "liststring"}


@pytest.fixture
def document(made: Case, tmp_path: Path) -> ElementTree.Element:
    (file,) = made.export("gexf", tmp_path / "made.gexf")
    return ElementTree.parse(file).getroot()


def values(item: ElementTree.Element) -> dict[str, str]:
    return {value.attrib["for"]: value.attrib["value"] for value in item.iter(f"{SPACE}attvalue")}


def test_elements_and_attributes_follow_the_grammar(document: ElementTree.Element) -> None:
    for element in document.iter():
        assert element.tag.startswith(SPACE)
        required, allowed, children = GRAMMAR[element.tag.removeprefix(SPACE)]
        assert required <= set(element.attrib) <= required | allowed
        found = [child.tag.removeprefix(SPACE) for child in element]
        assert found == children or (len(children) == 1 and set(found) <= set(children))


def test_every_value_has_a_declared_type_and_fits_it(document: ElementTree.Element) -> None:
    fits = {
        "string": ".*",
        "long": r"-?\d+",
        "double": r"-?\d+(\.\d+)?(e[-+]?\d+)?",
        "boolean": "true|false",
        "liststring": r"\[.+\]|<empty>",
    }
    for kind in ("node", "edge"):
        (declared,) = document.findall(f".//{SPACE}attributes[@class='{kind}']")
        types = {attribute.attrib["id"]: attribute.attrib["type"] for attribute in declared}
        assert set(types.values()) <= TYPES
        for item in document.iter(f"{SPACE}{kind}"):
            for name, value in values(item).items():
                assert re.fullmatch(fits[types[name]], value), (name, value)


def test_edges_refer_to_nodes_and_ids_are_unique(document: ElementTree.Element) -> None:
    nodes = [node.attrib["id"] for node in document.iter(f"{SPACE}node")]
    assert len(nodes) == len(set(nodes)) == len(handmade.tables()["members"])
    for edge in document.iter(f"{SPACE}edge"):
        assert {edge.attrib["source"], edge.attrib["target"]} <= set(nodes)


def test_weights_behaviours_and_lists_are_kept(document: ElementTree.Element) -> None:
    edge = next(document.iter(f"{SPACE}edge"))
    assert edge.attrib["weight"] == values(edge)["log10_e"] == "9.0"
    assert values(edge)["behaviours"] == "[repost, url]"


def test_hostile_text_is_text(document: ElementTree.Element) -> None:
    shown = {values(node).get("display_name") for node in document.iter(f"{SPACE}node")}
    assert handmade.SCRIPT in shown
    assert handmade.FORMULA in shown
    assert "\\x1b]0;owned\\x07\\x1b[2J\\x1b[31mred second line\\x00\\x9b5n" in shown
    assert {node.attrib["label"] for node in document.iter(f"{SPACE}node")} >= {handmade.PERSIAN}


def test_networkx_reads_the_same_graph(made: Case, tmp_path: Path) -> None:
    (file,) = made.export("gexf", tmp_path / "made.gexf")
    graph = networkx.read_gexf(file)
    rows = handmade.tables()
    expected = {
        frozenset((f"x:{row['account_a']}", f"x:{row['account_b']}")): row["log10_e"] for row in rows["edges"]
    }
    assert {frozenset(ends): weight for *ends, weight in graph.edges(data="weight")} == expected
    assert graph.nodes["x:1"]["named"] is True
    assert graph.nodes["x:-100"]["named"] is False
    assert not graph.is_directed()


@pytest.mark.parametrize(
    ("elements", "written"),
    [
        (["repost", "url"], "[repost, url]"),
        ([], "<empty>"),
        (["a b", "c,d"], '["a b", "c,d"]'),
        (['say "x"', "back\\slash"], '["say \\"x\\"", "back\\\\slash"]'),
        (["", "null"], '["", "null"]'),
    ],
)
def test_lists_are_written_as_gephi_reads_them(elements: list[str], written: str) -> None:
    assert _array(elements) == written


def test_nothing_is_left_of_a_graph_that_could_not_be_finished(
    made: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("syncline.exports.tables.EDGES", "SELECT * FROM nowhere")
    with pytest.raises(Exception, match="nowhere"):
        made.export("gexf", tmp_path / "made.gexf")
    assert [path.name for path in tmp_path.iterdir()] == ["made.case"]
