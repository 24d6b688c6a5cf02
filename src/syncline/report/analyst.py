"""What analysts wrote down on the case: whom they cleared or confirmed, what was answered, with who and when."""

from typing import Any

from syncline.case.contract import ReportCase
from syncline.notes import TITLES, Note

_MEMBERS = "SELECT network_id, platform, account_id, username FROM members"


def members(case: ReportCase) -> dict[int, set[str]]:
    """The accounts (platform:account_id) of each network and pair."""
    found: dict[int, set[str]] = {}
    for network_id, platform, account_id, _ in case.sql(_MEMBERS).fetchall():
        found.setdefault(network_id, set()).add(f"{platform}:{account_id}")
    return found


def build(case: ReportCase, of_networks: dict[int, list[Note]]) -> list[dict[str, Any]]:
    """One entry a note, as written: title, about, name, text, link, by, when, and the networks it is about."""
    names = (
        {
            f"{platform}:{account_id}": username
            for platform, account_id, username in case.sql(
                "SELECT platform, account_id, max(username) FROM accounts WHERE username <> '' GROUP BY ALL"
            ).fetchall()
        }
        if case.notes.all
        else {}
    )
    return [
        _entry(note, sorted(network for network, notes in of_networks.items() if note in notes), names)
        for note in case.notes.all
    ]


def _entry(note: Note, networks: list[int], names: dict[str, str]) -> dict[str, Any]:
    lost = note.network is not None and not networks
    # The network that a note is about may have another number by now; a lost one has only that of the note.
    return {
        "kind": note.kind,
        "title": _title(note),
        "about": [_shown(one, names) for one in note.about] if note.network is None or lost else [],
        "networks": networks,
        "lost": lost,
        "name": note.name or "",
        "text": note.text,
        "link": note.link or "",
        "by": note.by,
        "when": f"{note.when:%Y-%m-%d %H:%M} UTC",
    }


def _title(note: Note) -> str:
    title = TITLES[note.kind]
    if note.level is not None:
        title += f", Breakout category {note.level}"
    if note.date is not None:
        title += f", {note.date.day} {note.date:%B} {note.date.year}"
    return title


def _shown(account: str, names: dict[str, str]) -> str:
    return f"{names[account]} ({account})" if account in names else account
