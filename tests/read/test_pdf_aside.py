from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.read.made import STORY, read

_TEMPLATE = (
    '<template xmlns="http://www.xfa.org/schema/xfa-template/2.8/"><subform name="order">'
    "<draw><value><text>Order of cranes</text></value></draw>"
    "<field name='port'><caption><value><exData contentType='text/html'><body>Port of <b>arrival</b></body>"
    "</exData></value></caption></field></subform></template>"
)
_DATA = (
    '<xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data><order>'
    "<port>Karsk Bay</port><empty/><cranes><count>7</count></cranes></order></xfa:data></xfa:datasets>"
)


def made(catalog: bytes, page: bytes, *more: bytes) -> bytes:
    """Return a PDF of one page; `more` are its objects from number 4 on."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] %s >>" % page,
        *more,
    )
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, start,
    )  # fmt: skip


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), more, content)


def xfa(*, dynamic: bool) -> bytes:
    fields = b"" if dynamic else b"6 0 R"
    return made(
        b"/AcroForm << /Fields [%s] /XFA [(template) 4 0 R (datasets) 5 0 R] >> %s"
        % (fields, b"/NeedsRendering true" if dynamic else b""),
        b"" if dynamic else b"/Annots [6 0 R]",
        stream(_TEMPLATE.encode()), stream(_DATA.encode()),
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (port) /TU (Port of arrival) /V (Karsk Bay)"
        b" /Rect [0 0 90 20] >>",
    )  # fmt: skip


def test_a_form_with_its_names() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    form = canvas.acroForm
    form.textfield(name="port", tooltip="Port of arrival", value="Karsk Bay", x=72, y=500)
    form.textfield(name="ship", value="", x=72, y=460)
    form.checkbox(name="insured", checked=True, x=72, y=420)
    form.checkbox(name="paid", checked=False, x=72, y=380)
    form.choice(name="goods", options=["crane", "buoy"], value="buoy", x=72, y=340)
    canvas.showPage()
    canvas.save()
    result = read(buffer.getvalue())
    assert result.codes == []
    assert result.of("table") == ["Port of arrival\tKarsk Bay\ninsured\tYes\ngoods\tbuoy"]


def test_a_form_without_a_page_of_its_own() -> None:
    result = read(xfa(dynamic=True))
    assert result.prose[:2] == ["Order of cranes", "Port of arrival"]
    assert result.of("table") == ["port\tKarsk Bay\ncount\t7"]
    assert result.codes == ["no-text", "dynamic-form"]


def test_a_form_in_both_fashions_is_given_once() -> None:
    result = read(xfa(dynamic=False))
    assert result.text == "Port of arrival\tKarsk Bay\n\ncount\t7"
    assert result.codes == []


@pytest.mark.parametrize("packet", [b"", b"<a", b"\xff\xfe", b"<template><draw><value/></draw></template>"])
def test_a_broken_form(packet: bytes) -> None:
    data = made(b"/AcroForm << /XFA 4 0 R /Fields [] >> /NeedsRendering true", b"", stream(packet))
    assert set(read(data).codes) == {"no-text", "dynamic-form"}


def test_a_file_on_a_page() -> None:
    holder = b"<< /Type /Filespec /F (list.txt) /UF (list.txt) /EF << /F 5 0 R >> >>"
    data = made(
        b"/Names << /EmbeddedFiles << /Names [(list.txt) 4 0 R] >> >>", b"/Annots [6 0 R 7 0 R 8 0 R]",
        holder, stream(b"seven cranes", b"/Type /EmbeddedFile"),
        b"<< /Type /Annot /Subtype /FileAttachment /FS 4 0 R /Rect [0 0 9 9] /Contents (the list) >>",
        b"<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] >>",
        b"<< /Type /Annot /Subtype /RichMedia /Rect [0 0 9 9] >>",
    )  # fmt: skip
    result = read(data)
    assert [(one.child.name, one.data) for one in result.held] == [("list.txt", b"seven cranes")]
    assert result.of("note") == ["the list"]
    assert result.codes == ["attachment-unread", "not-transcribed"]


def test_bookmarks_that_the_page_does_not_show() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for line, titles in (
        (STORY[0], ("Annex: the cranes", "survey cranes to the port")),
        (STORY[1], ("Payments",)),
    ):
        canvas.drawString(72, 700, line)
        for title in titles:
            canvas.bookmarkPage(title)
            canvas.addOutlineEntry(title, title)
        canvas.showPage()
    canvas.save()
    result = read(buffer.getvalue())
    assert [page.text.split("\n")[-1] for page in result.pages] == ["Annex: the cranes", "Payments"]
    assert result.of("furniture") == ["Annex: the cranes", "Payments"]


def test_encrypted_by_a_scheme_of_its_own() -> None:
    data = made(b"", b"").replace(
        b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Veld.Rights /V 1 >> /ID [(a)(b)]"
    )
    assert read(data).codes == ["encrypted"]
