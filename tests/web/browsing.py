"""What tests in a browser share: an ear for what a page should not do, and the rules of accessibility."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Dialog, Page, Request, ViewportSize

from casegraph.web.rendering import built

ALONE = (  # the browser itself asks nobody but this machine
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-background-networking",
    "--disable-component-update",
)
DESK: ViewportSize = {"width": 1200, "height": 800}
PHONE: ViewportSize = {"width": 360, "height": 740}

CHROMIUM = shutil.which("chromium")
IN_A_BROWSER = [
    pytest.mark.loopback,
    # A machine without root cannot be given Debian's browser; `make test` installs it where it can.
    pytest.mark.skipif(CHROMIUM is None, reason="no browser: sudo apt-get install chromium"),
]
# Built by `make` from the npm registry: where that is not reached, pages come as lists and draw nothing.
DRAWN = pytest.mark.skipif(built("network.js") is None, reason="the scripts are not built: make")
Opened = Callable[..., Page]
"""Opens an address, in a window of a size and a colour scheme."""


class Ear:
    """Hears all that a page should not do."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.heard: list[str] = []
        self.awaited = ""  # what the console may say, at whatever time it says it

    def listen(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("dialog", self._dialog)
        page.on("pageerror", lambda error: self.heard.append(f"error: {error}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        awaited = self.awaited and self.awaited in message.text
        if message.type in {"error", "warning"} and not awaited:
            self.heard.append(f"console: {message.text}")

    def _dialog(self, dialog: Dialog) -> None:
        self.heard.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        if not request.url.startswith(self.base):
            self.heard.append(f"request: {request.url}")


def violations(page: Page, *rules: str) -> list[str]:
    """Return what axe-core calls serious or critical, with the element; of some rules or of all."""
    options = {"runOnly": list(rules)} if rules else {}
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:200]}"
        for one in Axe().run(page, options=options).response["violations"]
        if one["impact"] in {"serious", "critical"}
    ]
