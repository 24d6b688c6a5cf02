"""The Python API: `syncline.scan`, `syncline.open_case`, `syncline.simulate` and what a case can do."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from syncline import case as cases
from syncline.case import Comparison, check_output, compare, default_folder, refuse_inside_case
from syncline.errors import SynclineError, UsageError
from syncline.explain import Explanation, explain, resolve
from syncline.faults import reason
from syncline.notes import Note, append_note, note_of
from syncline.progress import Progress
from syncline.settings import Settings

_MEMBERS = (
    "SELECT platform, account_id FROM members WHERE network_id = $network_id ORDER BY platform, account_id"
)


class Case(cases.Case):
    """A case that can also explain itself, write its report, and be exported."""

    def explain(self, who: str, *, whole: bool = False) -> Explanation:
        """The evidence on an account (id, username, platform:id) or a network ("network 3")."""
        return explain(self, who, whole=whole)

    def compare(self, second: cases.Case) -> Comparison:
        """What differs between this case and another one: how they were made, who is named, which networks match."""
        return compare(self, second)

    def report(self, path: str | Path) -> Path:
        """Write the report, one offline HTML file, to `path`.

        Raises UsageError for a place in a case, this one or another; each keeps the report it was written with.
        """
        from syncline.report import write_report

        refuse_inside_case(Path(path))
        try:
            write_report(self, Path(path))
        except OSError as error:
            raise SynclineError(
                f"{path}: the report could not be written ({reason(error)}); choose another place."
            ) from error
        return Path(path)

    def note(self, kind: str, who: str | Sequence[str], *, by: str, **fields: object) -> Note:
        """Add a note to the case's `notes.toml`: of a kind of `syncline.notes.KINDS`, about accounts or one network.

        `fields` are those of `syncline.notes.Note`. Raises SynclineError if the case does not know `who`, or if the
        note lacks something.
        """
        asked = [who] if isinstance(who, str) else list(who)
        found = [resolve(self, one) for one in asked]
        about = [
            f"{account['platform']}:{account['account_id']}" for _, account in found if account is not None
        ]
        networks = [network["network_id"] for network, _ in found if network is not None]
        if networks and (about or len(networks) > 1):
            raise UsageError("A note is about accounts, or about one network.")
        if networks:
            fields["accounts"] = [
                f"{row['platform']}:{row['account_id']}"
                for row in self.rows(_MEMBERS, {"network_id": networks[0]})
            ]
            about = [f"network {networks[0]}"]
        note = note_of(kind=kind, about=about, by=by, when=datetime.now(UTC).replace(microsecond=0), **fields)
        append_note(self.path, note)
        return note

    def export(
        self,
        to: str,
        out: str | Path,
        *,
        overwrite: bool = False,
        pseudonymise: str | Path | None = None,
        tlp: str | None = None,
    ) -> list[Path]:
        """Write the networks as "csv" (a folder), "gexf", "markdown" or "stix"; see `syncline.exports.export`."""
        from syncline.exports import export

        key = None if pseudonymise is None else Path(pseudonymise)
        return export(self, to, Path(out), overwrite=overwrite, pseudonymise=key, tlp=tlp)


def scan(
    inputs: str | Path | Sequence[str | Path],
    out: str | Path | None = None,
    settings: Settings | None = None,
    *,
    format: str | None = None,
    mapping: str | Path | None = None,
    images: str | Path | None = None,
    known_images: str | Path | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> Case:
    """Scan files, folders or globs and write the case to `out`, by default `NAME.case` here.

    `images` is the folder that portraits' paths are in, `known_images` one with pictures to be found again.
    Raises SynclineError if the input cannot be read or the case cannot be written.
    """
    from syncline.pipeline import scan as run

    sources = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    if not sources or "" in sources:
        raise UsageError("Nothing to read: name a file, a folder or a pattern such as 'posts/*.csv'.")
    folder = Path(out) if out is not None else default_folder(sources[0])
    check_output(folder, overwrite)
    case = run(
        sources,
        folder,
        settings or Settings(),
        format=format,
        mapping=mapping,
        images=None if images is None else Path(images),
        known_images=None if known_images is None else Path(known_images),
        progress=progress,
        overwrite=overwrite,
    )
    return Case(case.path, case.run)


def open_case(path: str | Path) -> Case:
    """Open a case folder; raises SynclineError if there is none or it is not whole."""
    case = cases.open_case(path)
    return Case(case.path, case.run)


def simulate(world: str | Path, out: str | Path, seed: int | None = None) -> Path:
    """Write a labelled log of `world`, a preset's name or a TOML file, into the folder `out`."""
    from syncline.worlds import simulate as run

    refuse_inside_case(Path(out))
    return run(world, Path(out), seed)
