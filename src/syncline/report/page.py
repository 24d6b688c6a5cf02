"""One HTML file with everything inside: no request leaves it, and no data is read as markup."""

import base64
import hashlib
import html
import json
from importlib.resources import files
from typing import Any

from syncline.errors import SynclineError

_SCRIPT, _STYLE = "report.js", "report.css"


def render(payload: dict[str, Any]) -> bytes:
    """The page as UTF-8. Raises SynclineError if the front end was not built into the package."""
    script, style = _asset(_SCRIPT), _asset(_STYLE)
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    head = f"""<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>Syncline report</title>
<style>{style}</style>
</head>
<body>
<noscript><main>{_without_script(payload["answer"])}</main></noscript>
<div id="report"></div>
<script type="application/json" id="payload">"""
    tail = f"</script>\n<script>{script}</script>\n</body>\n</html>\n"
    return head.encode() + embed(payload) + tail.encode()


def embed(payload: Any) -> bytes:
    """JSON that cannot end the script element that it stands in.

    A lone surrogate, as a file name may carry, becomes its own JSON escape.
    """
    text = json.dumps(payload, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").encode("utf-8", "backslashreplace")


def _without_script(answer: dict[str, Any]) -> str:
    lines = [
        *answer["sentences"],
        answer["placebo"],
        "The details need JavaScript, which is switched off here.",
    ]
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    return f"<h1>{html.escape(answer['headline'])}</h1>{paragraphs}"


def _asset(name: str) -> str:
    asset = files("syncline.report") / "assets" / name
    if not asset.is_file():
        raise SynclineError(
            f"The report's front end ({name}) is not in this installation. "
            "Install Node.js 18 or newer and run `npm ci && npm run build` in web/, or install the wheel."
        )
    return asset.read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
