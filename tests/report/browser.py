"""Headless Chromium, driven through its DevTools protocol over a pipe: no driver, no port, no package."""

import base64
import fcntl
import json
import os
import select
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

TIMEOUT_S = 30.0
SOFTWARE_WEBGL = ("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
NO_WEBGL = ("--disable-3d-apis",)
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)
_KEYS = {
    "Enter": (13, "\r"),
    "Escape": (27, None),
    "Tab": (9, None),
    "ArrowRight": (39, None),
    "+": (187, "+"),
    "0": (48, "0"),
}

# Whatever a hostile string could have achieved: code that ran, elements, links, characters that act.
HARM = """(() => {
    const found = [];
    if (window.hacked !== undefined) found.push("code ran: " + window.hacked);
    if (document.querySelectorAll("script").length !== 1) found.push("script elements");
    if (document.querySelectorAll("img, iframe, object, embed, form").length > 0) found.push("elements");
    for (const link of document.querySelectorAll("a")) {
        if (!/^#[a-z]+(-[a-z0-9]+)*$/.test(link.getAttribute("href"))) found.push(link.outerHTML);
    }
    const text = document.body.innerText + document.title;
    const acting = /[\\u0000-\\u0008\\u001b\\u202a-\\u202e\\u2066-\\u2069]/;
    if (acting.test(text)) found.push("characters that act");
    for (const element of document.querySelectorAll("main *, dialog *")) {
        for (const attribute of element.attributes) {
            if (attribute.value.includes("hacked")) found.push("attribute " + attribute.name);
        }
    }
    return found;
})()"""


def find_chromium() -> str | None:
    """The browser's path, or None; `SYNCLINE_CHROMIUM` decides where it is set."""
    wanted = os.environ.get("SYNCLINE_CHROMIUM")
    names = [wanted] if wanted else ["chromium", "chromium-browser", "google-chrome"]
    return next((path for path in map(shutil.which, names) if path), None)


class Browser:
    """One browser process; ends with its `with` block."""

    def __init__(self, executable: str, flags: tuple[str, ...] = SOFTWARE_WEBGL) -> None:
        self._profile = tempfile.TemporaryDirectory(prefix="syncline-browser-", ignore_cleanup_errors=True)
        from_us, self._write = _pipe()
        self._read, from_browser = _pipe()
        with Path(self._profile.name, "log").open("wb") as log:
            self._pid = os.posix_spawn(
                executable,
                [executable, *_FLAGS, *flags, f"--user-data-dir={self._profile.name}", "about:blank"],
                os.environ,
                file_actions=[
                    (os.POSIX_SPAWN_DUP2, from_us, 3),
                    (os.POSIX_SPAWN_DUP2, from_browser, 4),
                    (os.POSIX_SPAWN_DUP2, log.fileno(), 2),
                ],
                setpgroup=0,
            )
        os.close(from_us)
        os.close(from_browser)
        self._buffer = b""
        self._last = 0
        self.events: list[dict[str, Any]] = []

    def __enter__(self) -> "Browser":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.killpg(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._read)
        os.close(self._write)
        self._profile.cleanup()

    def call(self, method: str, session: str | None = None, **params: Any) -> dict[str, Any]:
        """Send one command and wait for its answer; events that come meanwhile are kept."""
        self._last += 1
        message = {"id": self._last, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._last:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                result: dict[str, Any] = answer["result"]
                return result
            self.events.append(answer)

    def _receive(self) -> dict[str, Any]:
        deadline = time.monotonic() + TIMEOUT_S
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._read], [], [], max(0.0, deadline - time.monotonic()))
            chunk = os.read(self._read, 1 << 20) if ready else b""
            if not chunk:
                raise TimeoutError(
                    f"the browser said nothing: {Path(self._profile.name, 'log').read_text()[-500:]}"
                )
            self._buffer += chunk
        message, _, self._buffer = self._buffer.partition(b"\0")
        parsed: dict[str, Any] = json.loads(message)
        return parsed

    @contextmanager
    def page(self, file: Path, width: int = 1280, height: int = 900, dark: bool = False) -> Iterator["Page"]:
        """The file, opened in a tab of its own and loaded to the end."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.events.clear()
        page = Page(self, session)
        page.resize(width, height)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        page.call("Emulation.setEmulatedMedia", features=[scheme])
        for domain in ("Page", "Runtime", "Log", "Network"):
            page.call(f"{domain}.enable")
        started = time.monotonic()
        page.call("Page.navigate", url=file.resolve().as_uri())
        page.wait("document.readyState === 'complete' && document.querySelector('h1') !== null")
        page.opened_s = time.monotonic() - started
        try:
            yield page
        finally:
            self.call("Target.closeTarget", targetId=target)


class Page:
    """A tab, used as a person would use it: by mouse and keyboard."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser = browser
        self._session = session
        self.opened_s = 0.0

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        return self._browser.call(method, self._session, **params)

    def evaluate(self, script: str) -> Any:
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise AssertionError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def wait(self, condition: str) -> None:
        deadline = time.monotonic() + TIMEOUT_S
        while not self.evaluate(condition):
            if time.monotonic() > deadline:
                raise TimeoutError(condition)
            time.sleep(0.02)

    def text(self, selector: str = "body") -> str:
        shown: str = self.evaluate(f"document.querySelector({json.dumps(selector)})?.innerText ?? ''")
        return shown

    def count(self, selector: str) -> int:
        found: int = self.evaluate(f"document.querySelectorAll({json.dumps(selector)}).length")
        return found

    def resize(self, width: int, height: int) -> None:
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def key(self, name: str) -> None:
        code, text = _KEYS[name]
        common: dict[str, Any] = {"key": name, "windowsVirtualKeyCode": code}
        if text:
            common["text"] = text
        self.call("Input.dispatchKeyEvent", type="keyDown", **common)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=name, windowsVirtualKeyCode=code)

    def write(self, text: str) -> None:
        self.call("Input.insertText", text=text)

    def move(self, x: float, y: float) -> None:
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def click_at(self, x: float, y: float) -> None:
        self.move(x, y)
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def click(self, selector: str) -> None:
        """Scroll the first match into view and click on its middle."""
        box = self.evaluate(
            f"""(() => {{
                const element = document.querySelector({json.dumps(selector)});
                element.scrollIntoView({{block: "center", behavior: "instant"}});
                const box = element.getClientRects()[0];
                return [box.x + box.width / 2, box.y + box.height / 2];
            }})()"""
        )
        self.click_at(*box)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.move(*start)
        press = {"button": "left", "buttons": 1, "clickCount": 1}
        self.call("Input.dispatchMouseEvent", type="mousePressed", x=start[0], y=start[1], **press)
        for share in (0.25, 0.5, 0.75, 1.0):
            x, y = (a + (b - a) * share for a, b in zip(start, end, strict=True))
            self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y, **press)
        self.call("Input.dispatchMouseEvent", type="mouseReleased", x=end[0], y=end[1], **press)

    def find_colour(self, selector: str, rgb: tuple[int, int, int]) -> tuple[float, float]:
        """A place inside the element, as it is seen, with a small square of that colour around it."""
        shot = self.call("Page.captureScreenshot", format="png")["data"]
        found = self.evaluate(
            f"""new Promise((done) => {{
                const image = new Image();
                image.onload = () => {{
                    const canvas = new OffscreenCanvas(image.width, image.height);
                    const context = canvas.getContext("2d");
                    context.drawImage(image, 0, 0);
                    const box = document.querySelector({json.dumps(selector)}).getBoundingClientRect();
                    const is = (x, y) => {{
                        const pixel = context.getImageData(x, y, 1, 1).data;
                        return {json.dumps(rgb)}.every((value, place) => Math.abs(value - pixel[place]) < 4);
                    }};
                    const bottom = Math.min(box.bottom, image.height) - 4;
                    for (let y = Math.ceil(box.top) + 4; y < bottom; y += 3) {{
                        for (let x = Math.ceil(box.left) + 4; x < box.right - 4; x += 3) {{
                            if (is(x, y) && is(x - 3, y) && is(x + 3, y) && is(x, y - 3) && is(x, y + 3)) {{
                                done([x, y]);
                                return;
                            }}
                        }}
                    }}
                    done(null);
                }};
                image.src = "data:image/png;base64,{shot}";
            }})"""
        )
        if found is None:
            raise AssertionError(f"no {rgb} in {selector}")
        return found[0], found[1]

    def screenshot(self, file: Path, full: bool = False) -> None:
        clip: dict[str, Any] = {}
        if full:
            size = self.call("Page.getLayoutMetrics")["cssContentSize"]
            clip = {
                "captureBeyondViewport": True,
                "clip": {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1},
            }
        shot = self.call("Page.captureScreenshot", format="png", **clip)
        file.write_bytes(base64.b64decode(shot["data"]))

    def requests(self) -> list[str]:
        """Addresses that the page asked for since it was opened, its own included."""
        self.evaluate("0")
        sent = (event for event in self._browser.events if event.get("method") == "Network.requestWillBeSent")
        return [event["params"]["request"]["url"] for event in sent]

    def complaints(self) -> list[str]:
        """Errors and warnings of the console, refusals by the content security policy among them."""
        self.evaluate("0")
        found = []
        for event in self._browser.events:
            params = event.get("params", {})
            if event.get("method") == "Runtime.exceptionThrown":
                found.append(str(params["exceptionDetails"]["exception"].get("description")))
            elif event.get("method") == "Log.entryAdded" and params["entry"]["level"] == "error":
                found.append(params["entry"]["text"])
        return found

    def forget_complaints(self) -> None:
        """For what was provoked on purpose."""
        self.evaluate("0")
        self._browser.events.clear()


def _pipe() -> tuple[int, int]:
    """A pipe whose ends are clear of the numbers 3 and 4, which the browser wants for itself."""
    ends = []
    for end in os.pipe():
        ends.append(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10))
        os.close(end)
    return ends[0], ends[1]
