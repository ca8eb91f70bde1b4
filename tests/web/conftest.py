from __future__ import annotations

import io
import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from html import escape as html_escape
from pathlib import Path
from typing import Any, Literal

import httpx
import pytest
import uvicorn
from lxml import html
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright
from reportlab.pdfgen import canvas

from casegraph.pipeline.case import Case, init_case, open_case
from casegraph.web.app import Room, application
from casegraph.web.door import Door
from casegraph.web.guard import named
from casegraph.web.listening import PatientProtocol
from casegraph.web.serving import silence
from tests.web.browsing import ALONE, CHROMIUM, DESK, Ear, Opened

ROOT = Path(__file__).parents[2]
CHAIN = "tests.pipeline.stages:chain"
SEEING = "tests.pipeline.stages:seeing"
SENTENCE = "Anna Kern says that Orlan Works met Otto Wren."
NASTY = "<script>alert(1)</script><img src=x onerror=alert(2)> javascript:alert(3) {{ 7 * 7 }} \u202egnp.exe"
TEXTS = {
    "cranes.txt": "Cranes\n\nAnna Kern says that Orlan Works met Otto Wren. "
    "Otto Wren denies that Orlan Works met Mia Holt.\fVera Lind says that nothing is lost.",
    f"{'x' * 40} & <b>.txt": f"Nasty {NASTY}\n\nAnna Kern says that {NASTY} met Otto Wren.",
    "harbour.txt": "Vera Lind says that Ida Moss met Vera Lind on 2024-02-27 at Kostroma. "
    "Otto Wren denies that Ida Moss met Vera Lind on 2024-03-01 at Velmarsk.",
    "broken.txt": "extract:raise",
}  # fmt: skip


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A built case of pages that mean no good, among others."""
    patch = pytest.MonkeyPatch()
    patch.setenv("PYTHONPATH", os.pathsep.join([os.environ.get("PYTHONPATH", ""), str(ROOT)]))
    files, folder = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("cases") / "case"
    for name, text in TEXTS.items():
        (files / name).write_text(text)
    init_case(folder, name="Crane <case>")
    case = open_case(folder, chain=CHAIN)
    case.add([files])
    case.build()
    yield folder
    patch.undo()


def _notice() -> bytes:
    file = io.BytesIO()
    sheet = canvas.Canvas(file, pagesize=(400, 300), invariant=True)
    for line, y in (("Port of Veld", 260), (SENTENCE, 220), ("Nothing else was said.", 200)):
        sheet.drawString(40, y, line)
    sheet.save()
    return file.getvalue()


def _letter(notice: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Mia Holt <holt@veld.example>", "Otto Wren <wren@veld.example>"
    mail["Subject"], mail["Message-ID"] = "The notice", "<1@veld.example>"
    mail["Date"] = "Tue, 05 Mar 2024 09:12:00 +0100"
    mail.set_content("Vera Lind denies that Orlan Works met Otto Wren.\n")
    mail.add_attachment(notice, maintype="application", subtype="pdf", filename="notice.pdf")
    mail.add_attachment(b"ship,cargo\nHeron,cranes\n", maintype="text", subtype="csv", filename="list.csv")
    return bytes(mail)


@pytest.fixture(scope="session")
def seen(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built case of documents that look like something: a PDF, a mail with attachments, a web page."""
    files = tmp_path_factory.mktemp("seen")
    notice = _notice()
    (files / "notice.pdf").write_bytes(notice)
    (files / "letter.eml").write_bytes(_letter(notice))
    (files / "port.html").write_text(
        f"<title>Port</title><h1>Port</h1><p>{SENTENCE} {html_escape(NASTY)}</p><table><tr><th>Ship<th>Cargo"
        "<tr><td>Heron<td>&lt;img src=x onerror=alert(4)&gt;</table><script>alert(5)</script>"
    )
    init_case(folder.parent / "seen", name="Seen", pen_name="Heron")
    case = open_case(folder.parent / "seen", chain=SEEING)
    case.add([files])
    case.build()
    return case.folder


@pytest.fixture
def case(folder: Path) -> Case:
    return open_case(folder, chain=CHAIN)


@pytest.fixture
def own(folder: Path, tmp_path: Path) -> Case:
    """A case that a test may write to, signed."""
    return open_case(signed(folder, tmp_path / "case"), chain=CHAIN)


def signed(folder: Path, copy: Path) -> Path:
    """Copy a case, with a pen name, and return where it lies."""
    shutil.copytree(folder, copy)
    toml = copy / "case.toml"
    toml.write_text(toml.read_text().replace('pen_name = ""', 'pen_name = "Heron"'))
    return copy


def tree_of(text: str) -> Any:  # noqa: ANN401 - xpath gives lists, words or numbers; lxml types none
    """Return a page as a tree."""
    return html.fromstring(text)


@contextmanager
def served(folder: Path, kept: str | None = None, chain: str = CHAIN) -> Iterator[httpx.Client]:
    """Serve a case on this machine, behind a password's hash or none, and give a client for it."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{listening.getsockname()[1]}"
        door = Door(kept, listening.getsockname()[1]) if kept else None
        room = Room(lambda: open_case(folder, chain=chain))
        app = application(room, named([host]), door)
        silence()
        settings = uvicorn.Config(
            app, http=PatientProtocol, log_config=None, lifespan="off", server_header=False
        )
        server = uvicorn.Server(settings)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            with httpx.Client(base_url=f"http://{host}", timeout=60) as client:
                yield client
        finally:
            room.work.close()
            server.should_exit = True
            thread.join(10)


@pytest.fixture
def client(folder: Path) -> Iterator[httpx.Client]:
    with served(folder) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=ALONE)
        yield started
        started.close()


@pytest.fixture
def ear(client: httpx.Client) -> Iterator[Ear]:
    made = Ear(str(client.base_url))
    yield made
    assert not made.heard


@pytest.fixture
def opened(browser: Browser, client: httpx.Client, ear: Ear) -> Iterator[Opened]:
    """Open an address in a window of its own; whatever it should not do fails the test."""
    contexts: list[BrowserContext] = []

    def open_(
        where: str, size: ViewportSize | None = None, scheme: Literal["light", "dark"] = "light"
    ) -> Page:
        context = browser.new_context(
            base_url=str(client.base_url), viewport=size or DESK, color_scheme=scheme
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)  # a busy machine is no fault
        expect.set_options(timeout=60_000)
        ear.listen(page)
        page.goto(where)
        return page

    yield open_
    for context in contexts:
        context.close()
