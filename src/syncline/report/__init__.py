"""The report: one offline HTML file in which every finding can be walked back to its posts.

`payload.py` gathers what is shown, one module a section; `page.py` puts it into the page beside the
bundle that is built from `web/`. To add a section: a module here, its key in `payload.build`, its shape
in `web/src/payload.ts`, and its renderer in the list in `web/src/main.ts`.
"""

from pathlib import Path

from syncline.case.contract import ReportCase
from syncline.report import page, payload
from syncline.whole_file import whole_file

__all__ = ["ReportCase", "write_report"]


def write_report(case: ReportCase, path: Path) -> None:
    """Write the report on `case` to `path`, replacing what is there only when it is whole.

    Raises SynclineError if the front end was not built into this installation, OSError if `path` cannot
    be written.
    """
    content = page.render(payload.build(case))
    with whole_file(path) as unfinished:
        unfinished.write_bytes(content)
