"""The demonstration: a small labelled world, scanned, and the answer held against its truth."""

import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from syncline import words
from syncline.case import Case, refuse_foreign
from syncline.errors import SynclineError
from syncline.worlds import simulate
from syncline.worlds.files import FILES
from syncline.worlds.truth import CROWDS

PRESET = "demo"
# A name among these is a plain mistake: the crowds of an event do not act together, they see the same thing.
_NOT_TOGETHER = {"ordinary", "not in the truth", *CROWDS}


@dataclass(frozen=True)
class Score:
    """How well a case did against a world's truth. Counts of accounts."""

    camp: int
    found: int
    together: dict[str, int]  # innocent accounts that do act together, by kind: fans, an outlet's feeds, ...
    wrong: dict[str, int]  # named though nothing but the news brought them together, by kind
    innocent: int  # who could have been a wrong name: those in the log, without the innocent groups that act together

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        recall = self.found / self.camp if self.camp else None
        return {
            "camp_accounts": self.camp,
            "camp_accounts_named": self.found,
            "recall": recall,
            "innocent_accounts": self.innocent,
            "wrong_names": sum(self.wrong.values()),
            "wrong_names_by_class": self.wrong,
            "innocent_coordination_named": sum(self.together.values()),
            "innocent_coordination_named_by_class": self.together,
        }

    def __str__(self) -> str:
        recall = f" (recall {words.percent(self.found / self.camp)})" if self.camp else ""
        return (
            f"Against the world's truth: {words.number(self.found)} of "
            f"{words.plural(self.camp, 'camp account')} named{recall}; wrong names: "
            f"{words.number(sum(self.wrong.values()))} of {words.plural(self.innocent, 'innocent account')}"
            f"{_kinds(self.wrong)}; innocent coordination named: "
            f"{words.plural(sum(self.together.values()), 'account')}{_kinds(self.together)}."
        )


def _kinds(counts: dict[str, int]) -> str:
    kinds = ", ".join(f"{kind}: {count}" for kind, count in counts.items())
    return f" ({kinds})" if kinds else ""


def make_world(folder: Path, overwrite: bool = False) -> Path:
    """Simulate the preset "demo" into `folder`; with `overwrite`, in the place of an earlier world.

    Raises SynclineError if the folder exists otherwise.
    """
    if (folder / "world.toml").is_file():
        if not overwrite:
            raise SynclineError(
                f"{folder}: exists already; choose another folder with -o, or add --overwrite."
            )
        refuse_foreign(folder, [file.name for file in folder.iterdir() if file.name not in FILES])
        shutil.rmtree(folder)
    return simulate(PRESET, folder)


def score(case: Case, truth: Path) -> Score:
    """Compare the accounts that `case` names with `truth.parquet` of a simulated world.

    The truth has one row for each account: platform, account_id, is_camp, innocent_class (null for
    somebody in no group). A name that the truth does not know counts as wrong. Innocent accounts that never posted
    could not be named, and do not count.
    """
    case.connection.register("truth", case.connection.read_parquet(str(truth)))
    camp = case.rows("SELECT count(*) AS accounts FROM truth WHERE is_camp", {})[0]["accounts"]
    posted = case.rows(
        """
        SELECT coalesce(innocent_class, 'ordinary') AS innocent_class, count(*) AS accounts
        FROM truth SEMI JOIN posts USING (platform, account_id) WHERE NOT is_camp GROUP BY ALL
        """,
        {},
    )
    named = case.rows(
        """
        SELECT DISTINCT platform, account_id, is_camp,
            CASE WHEN is_camp IS NULL THEN 'not in the truth' ELSE coalesce(innocent_class, 'ordinary') END
            AS innocent_class
        FROM members LEFT JOIN truth USING (platform, account_id) WHERE named
        """,
        {},
    )
    innocent = Counter(row["innocent_class"] for row in named if not row["is_camp"])
    wrong = {kind: count for kind, count in innocent.most_common() if kind in _NOT_TOGETHER}
    together = {kind: count for kind, count in innocent.most_common() if kind not in _NOT_TOGETHER}
    found = sum(bool(row["is_camp"]) for row in named)
    alone = sum(row["accounts"] for row in posted if row["innocent_class"] in _NOT_TOGETHER)
    return Score(camp, found, together, wrong, alone)
