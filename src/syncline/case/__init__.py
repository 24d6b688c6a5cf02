"""The case: a folder with the tables of a scan, what ran, what analysts wrote, and the report."""

from syncline.case.comparison import Comparison, compare
from syncline.case.folder import (
    MANIFEST,
    REPORT,
    Case,
    check_output,
    default_folder,
    file_sha256,
    hidden_beside,
    open_case,
    open_views,
    refuse_foreign,
    refuse_foreign_file,
    refuse_inside_case,
    verify_case,
    write_case,
)
from syncline.case.outcome import as_left, clearing, found_networks

__all__ = [
    "MANIFEST",
    "REPORT",
    "Case",
    "Comparison",
    "as_left",
    "check_output",
    "clearing",
    "compare",
    "default_folder",
    "file_sha256",
    "found_networks",
    "hidden_beside",
    "open_case",
    "open_views",
    "refuse_foreign",
    "refuse_foreign_file",
    "refuse_inside_case",
    "verify_case",
    "write_case",
]
