"""STIX 2.1 (OASIS, 2021): a bundle that platforms, MISP and threat-intelligence tools read.

A network is a `grouping`; its accounts are `user-account`, its directives `observed-data`, what a gauge says a `note`,
an innocent explanation that applies or a right of reply an `opinion`. DISARM techniques are `attack-pattern` by id
alone, since their texts are share-alike. A `campaign` and a `threat-actor` exist only where an analyst's note
attributes the network: coordination is neither hostile nor attributed by itself.

Ids are UUIDv5, so that the same case gives the same ids. Times of creation are those of the scan; what an analyst's
note changes is modified when the note was written, so that whoever has both versions takes the newer.
"""

import json
import uuid
from datetime import datetime
from pathlib import Path
from typing import Any

from syncline import words
from syncline.case import Case
from syncline.errors import SynclineError
from syncline.notes import Note
from syncline.whole_file import whole_file

DISARM_VERSION = "February 2025"
TLP = {
    "clear": "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",
    "green": "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da",
    "amber": "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
    "red": "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed",
}
# Techniques that a kind of directive shows without a word on anybody's intent.
TECHNIQUES = {"hashtag": "T0049.002", "text": "T0084.001", "target": "T0049.005"}
# In words of our own, since DISARM's are share-alike.
_SHOWN_BY = {
    "T0049.002": "hashtags taken up together",
    "T0084.001": "texts posted together",
    "T0049.005": "accounts addressed together",
}
# Points on STIX's scale of low, medium and high confidence (appendix A).
_LOW, _MEDIUM, _HIGH = 15, 50, 85
_DIRECTIVES_EACH = 200
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://syncline.invalid/stix/2.1")
_EXTENSION = f"extension-definition--{uuid.uuid5(_SPACE, 'extension')}"
_TOOL = f"identity--{uuid.uuid5(_SPACE, 'identity')}"
# Of the extension and the tool, which are the same in every bundle.
_ALWAYS = "2026-01-01T00:00:00.000Z"
_ACCOUNT_TYPES = {"x": "twitter"}

Object = dict[str, Any]


def write(case: Case, out: Path, tlp: str = "amber") -> list[Path]:
    """Write the bundle into the file `out`, whole or not at all.

    Raises SynclineError without the `stix` extra, with which every object is checked before it is written.
    """
    check = _strict_parser()
    objects = _Bundle(case, TLP[tlp]).objects()
    for one in objects:
        check(one)
    bundle = {"type": "bundle", "id": f"bundle--{_uuid(case, 'bundle', tlp)}", "objects": objects}
    out.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(out) as unfinished:
        unfinished.write_text(json.dumps(bundle, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [out]


def _strict_parser() -> Any:
    try:
        import stix2
    except ImportError:
        raise SynclineError(
            "STIX needs the package stix2, which is not installed: pip install 'syncline[stix]'."
        ) from None
    return lambda one: stix2.parse(one, allow_custom=False)


def _uuid(case: Case, *parts: object) -> uuid.UUID:
    """The same for the same input, settings and parts."""
    inputs = [source.get("sha256") for source in case.run.get("inputs") or []]
    # A settings' order is no difference.
    same = json.dumps(
        [inputs, case.run.get("settings"), case.run.get("seed"), *map(str, parts)], sort_keys=True
    )
    return uuid.uuid5(_SPACE, same)


class _Bundle:
    """Collects the objects of one case."""

    def __init__(self, case: Case, marking: str) -> None:
        self._case = case
        self._marking = marking
        self._created = _stamp(case.run["created"])
        # Who is left in a network; every other note stands in an object of its own.
        self._modified = self._later(case.notes.changed or case.run.get("changed"))
        self._found: dict[str, Object] = {}

    def _later(self, time: datetime | None) -> str:
        """The time, or that of the scan where it is later."""
        return max(self._created, f"{time:%Y-%m-%dT%H:%M:%S}.000Z") if time else self._created

    def objects(self) -> list[Object]:
        """Every object once, what is referred to before what refers to it."""
        self._ground()
        for network in self._case.rows("SELECT * FROM networks ORDER BY network_id", {}):
            self._network(network)
        references = [
            one for one in self._found if not one.startswith(("marking-definition", "extension-definition"))
        ]
        self._add(
            "report", "report",
            name="Accounts that act together",
            description=_summary(self._case.run),
            modified=max([self._modified, *(self._later(note.when) for note in self._case.notes.all)]),
            published=self._created,
            report_types=["observed-data"],
            object_refs=references,
        )  # fmt: skip
        return list(self._found.values())

    def _ground(self) -> None:
        colour = next(name for name, marking in TLP.items() if marking == self._marking)
        name = "white" if colour == "clear" else colour
        self._found[self._marking] = {
            "type": "marking-definition", "spec_version": "2.1", "id": self._marking,
            "created": "2017-01-20T00:00:00.000Z", "definition_type": "tlp", "name": f"TLP:{name.upper()}",
            "definition": {"tlp": name},
        }  # fmt: skip
        self._found[_TOOL] = {
            "type": "identity", "spec_version": "2.1", "id": _TOOL, "created": _ALWAYS, "modified": _ALWAYS,
            "name": "Syncline", "identity_class": "system",
        }  # fmt: skip
        self._found[_EXTENSION] = {
            "type": "extension-definition", "spec_version": "2.1", "id": _EXTENSION, "created": _ALWAYS,
            "modified": _ALWAYS, "created_by_ref": _TOOL, "name": "Syncline",
            "description": "Evidence and counts of a scan; docs/campaigns.md of Syncline lists the fields.",
            "schema": "https://syncline.invalid/stix/2.1/extension", "version": "1.0.0",
            "extension_types": ["property-extension"],
        }  # fmt: skip

    def _network(self, network: Object) -> None:
        asked = {"network_id": network["network_id"]}
        members = self._case.rows(
            "SELECT * FROM members WHERE network_id = $network_id ORDER BY platform, account_id", asked
        )
        accounts = {(row["platform"], row["account_id"]): self._account(row) for row in members}
        observed = self._directives(asked, accounts)
        title = f"{'Network' if network['kind'] == 'network' else 'Pair'} {network['network_id']}"
        grouping = self._add(
            "grouping", "grouping", network["network_id"],
            name=title,
            description=_network_sentence(network),
            context="unspecified",
            confidence=_confidence(network),
            object_refs=[*accounts.values(), *observed],
            extensions=_own(log10_e=network["log10_e"], named=network["named"], links=network["edges"]),
        )  # fmt: skip
        self._techniques(asked, grouping)
        self._statements(asked, grouping)
        keys = {f"{platform}:{account_id}" for platform, account_id in accounts}
        notes = self._case.notes.of_networks({network["network_id"]: keys}).get(network["network_id"], [])
        for number, note in enumerate(notes):
            self._note(number, note, network, grouping)

    def _account(self, row: Object) -> str:
        one: Object = {
            "type": "user-account", "spec_version": "2.1", "user_id": row["account_id"],
            "account_type": _ACCOUNT_TYPES.get(row["platform"], row["platform"]),
        }  # fmt: skip
        if row["username"]:
            one["account_login"] = row["username"]
        one["object_marking_refs"] = [self._marking]
        one["extensions"] = _own(named=bool(row["named"]), role=row["role"], log10_e=row["log10_e"])
        # The id that the specification prescribes for the three properties.
        known = {name: one[name] for name in ("account_login", "account_type", "user_id") if name in one}
        space = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
        canonical = json.dumps(known, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        one["id"] = f"user-account--{uuid.uuid5(space, canonical)}"
        self._found[one["id"]] = one
        return str(one["id"])

    def _directives(self, asked: Object, accounts: dict[tuple[str, str], str]) -> list[str]:
        rows = self._case.rows(
            "SELECT * FROM directives WHERE network_id = $network_id AND leads"
            f" ORDER BY log10_e DESC, directive_id LIMIT {_DIRECTIVES_EACH}",
            asked,
        )
        followed: dict[int, list[str]] = {}
        for row in self._case.rows(
            "SELECT * FROM uptake WHERE network_id = $network_id ORDER BY directive_id, first_us, account_id",
            asked,
        ):
            account = accounts.get((row["platform"], row["account_id"]))
            if account is not None:
                followed.setdefault(row["directive_id"], []).append(account)
        return [
            self._add(
                "observed-data", "directive", asked["network_id"], row["directive_id"],
                first_observed=_moment(row["first_us"]),
                last_observed=_moment(row["last_us"]),
                number_observed=max(int(row["posts"]), 1),
                object_refs=followed[row["directive_id"]],
                extensions=_own(
                    kind=row["kind"], label=row["label"], followers=row["followers"], active=row["active"],
                    others=row["others"], log10_e=row["log10_e"],
                ),
            )
            for row in rows
            if row["directive_id"] in followed
        ]  # fmt: skip

    def _techniques(self, asked: Object, grouping: str) -> None:
        kinds = self._case.rows(
            "SELECT DISTINCT kind FROM directives WHERE network_id = $network_id ORDER BY kind", asked
        )
        for technique in sorted({TECHNIQUES[row["kind"]] for row in kinds if row["kind"] in TECHNIQUES}):
            pattern = self._add(
                "attack-pattern", "disarm", technique,
                name=f"DISARM {technique}: {_SHOWN_BY[technique]}",
                external_references=[{"source_name": "DISARM", "external_id": technique}],
                extensions=_own(disarm_version=DISARM_VERSION),
            )  # fmt: skip
            self._add(
                "relationship", "shows", asked["network_id"], technique,
                relationship_type="related-to", source_ref=grouping, target_ref=pattern,
                description="What its accounts did together has this technique's outward form. Intent is not known.",
            )  # fmt: skip

    def _statements(self, asked: Object, grouping: str) -> None:
        rows = self._case.rows(
            "SELECT gauge, sign, applies, statement FROM findings WHERE network_id = $network_id"
            " ORDER BY gauge, sign, statement",
            asked,
        )
        for gauge in sorted({row["gauge"] for row in rows}):
            said = [_said(row) for row in rows if row["gauge"] == gauge and row["statement"]]
            if said:
                self._add(
                    "note", "gauge", asked["network_id"], gauge,
                    abstract="Innocent explanations that were checked" if gauge == "explanation" else gauge,
                    content="\n".join(said), object_refs=[grouping],
                )  # fmt: skip
        for row in rows:
            if row["gauge"] == "explanation" and row["applies"]:
                self._add(
                    "opinion", "explanation", asked["network_id"], row["sign"],
                    opinion="disagree", object_refs=[grouping],
                    explanation=f"An innocent explanation applies. {row['statement']}",
                )  # fmt: skip

    def _note(self, number: int, note: Note, network: Object, grouping: str) -> None:
        key = (network["network_id"], number, note.by, note.when)
        common: Object = {"authors": [note.by], "object_refs": [grouping]}
        if note.kind == "reply":
            self._add("opinion", "reply", *key, opinion="strongly-disagree", explanation=str(note), **common)
            return
        if note.kind == "attribution":
            self._attributed(note, key, network, grouping)
        self._add("note", "note", *key, abstract=note.kind, content=str(note), **common)

    def _attributed(self, note: Note, key: tuple[object, ...], network: Object, grouping: str) -> None:
        """The two objects that only a person's word makes, and what ties them."""
        campaign = self._add(
            "campaign", "campaign", *key,
            name=f"{note.name}: network {network['network_id']}",
            description=f"Attributed by {note.by}: {note.text}",
            **_seen(network),
        )  # fmt: skip
        actor = self._add(
            "threat-actor", "actor", *key, name=note.name, description=f"Attributed by {note.by}: {note.text}"
        )
        for kind, source, target in (
            ("attributed-to", campaign, actor),
            ("related-to", grouping, campaign),
        ):
            self._add(
                "relationship", kind, *key, relationship_type=kind, source_ref=source, target_ref=target,
                description=str(note),
            )  # fmt: skip

    def _add(self, kind: str, *key: object, **properties: Any) -> str:
        name = f"{kind}--{_uuid(self._case, kind, *key)}"
        self._found[name] = {
            "type": kind, "spec_version": "2.1", "id": name, "created": self._created, "modified": self._modified,
            "created_by_ref": _TOOL, "object_marking_refs": [self._marking], **properties,
        }  # fmt: skip
        return name


def _said(finding: Object) -> str:
    if finding["gauge"] != "explanation":
        return str(finding["statement"])
    return f"{words.APPLIES[finding['applies']]}: {finding['statement']}"


def _own(**fields: Any) -> Object:
    kept = {name: value for name, value in fields.items() if value is not None}
    return {_EXTENSION: {"extension_type": "property-extension", **kept}}


def _confidence(network: Object) -> int:
    """That its accounts act together: high where other days confirm it, medium where accounts are named, else low."""
    if not network["named"]:
        return _LOW
    return _HIGH if network["confirmed"] == "confirmed" else _MEDIUM


def _network_sentence(network: Object) -> str:
    return (
        f"{words.plural(network['size'] or 0, 'account')}, {words.number(network['named'] or 0)} of them named, "
        f"tied by {words.plural(network['edges'] or 0, 'link')} through "
        f"{words.behaviours(network['behaviours'] or [])}. "
        "Coordination is not inauthenticity, inauthenticity is not harm, and none of them says who is behind an "
        "account."
    )


def _summary(run: Object) -> str:
    return (
        f"Syncline {run.get('syncline', '')} read {words.plural(run['rows']['posts'], 'post')} by "
        f"{words.plural(run['rows']['accounts'], 'account')}; of the links between accounts, at most "
        f"{words.percent(run['settings']['alpha'])} can be expected to be wrong."
    )


def _seen(network: Object) -> Object:
    times = {"first_seen": network["first_us"], "last_seen": network["last_us"]}
    return {name: _moment(value) for name, value in times.items() if value is not None}


def _moment(time_us: int) -> str:
    at = words.moment(time_us)
    if at is None:
        return _ALWAYS
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def _stamp(created: str) -> str:
    return created.replace("+00:00", "Z").replace("Z", ".000Z") if "." not in created else created
