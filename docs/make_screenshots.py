"""Photograph the pages of the example case in a browser: docs/pictures/*.png, as the README shows them.

The same page does not give the same pixels on two machines (fonts differ), so nothing compares them.
Chromium, and a font with Chinese signs, come from the system.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

ROOT = Path(__file__).parent.parent
PICTURES = Path(__file__).parent / "pictures"
PROGRAM = str(Path(sys.executable).parent / "casegraph")
CASE = "demo-case"
SIZE = ViewportSize(width=1180, height=760)


def reader(page: Page) -> None:
    """Show a scan beside its text, the claims marked on both."""
    page.goto("/documents")
    page.get_by_role("link", name="14-bank-letter").click()


def origins(page: Page) -> None:
    """Show on whose word the delivery rests, as the claim of the first story tells it."""
    page.goto("/documents")
    page.get_by_role("link", name="02-halyard-wire").click()
    page.get_by_role("link", name=re.compile(r"^a Chinese company .*→ Taigar")).first.click()
    page.get_by_role("link", name=re.compile(r"origin")).first.click()


def network(page: Page) -> None:
    """Show who is tied to whom, disputed and denied ties apart."""
    page.goto("/network")
    page.locator("svg, canvas").first.wait_for()
    page.mouse.wheel(0, 170)


SHOTS = {"reader": reader, "origins": origins, "network": network}


def photograph(address: str) -> None:
    """Write one picture of each page."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("no browser: sudo apt-get install chromium fonts-wqy-microhei")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, show in SHOTS.items():
            page = browser.new_page(base_url=address, viewport=SIZE)
            show(page)
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(1000)  # the layout of the network comes to rest
            page.screenshot(path=PICTURES / f"{name}.png")
            page.close()


def main() -> None:
    """Build the example case in a folder of its own, serve it, and photograph its pages."""
    with tempfile.TemporaryDirectory() as scratch:
        for command in (["init", CASE], ["add", CASE, str(ROOT / "demo" / "documents")], ["build", CASE]):
            subprocess.run([PROGRAM, *command], cwd=scratch, check=True, capture_output=True)
        with subprocess.Popen(
            [PROGRAM, "serve", CASE], cwd=scratch, stderr=subprocess.PIPE, text=True
        ) as server:
            try:
                told = server.stderr.readline() if server.stderr else ""
                found = re.search(r"http://\S+", told)
                if found is None:
                    raise SystemExit("casegraph serve did not say where it serves")
                photograph(found[0].rstrip("/"))
            finally:
                server.terminate()


if __name__ == "__main__":
    main()
