"""XML: data, feeds, Office 2003; and documents that were made to hurt."""

from __future__ import annotations

import pytest

from tests.read.made import STORY, read
from tests.read.test_delimited import cells

HEAD = '<?xml version="1.0" encoding="{0}"?>\n'
DATA = (
    "<cargo port='Veld'><ship><name>Harrow</name><crates>7</crates></ship>"
    "<ship><name>Орлан</name><crates>12</crates></ship><note>" + STORY[0] + "</note></cargo>"
)
RSS = (
    "<rss version='2.0'><channel><title>Port Courier</title><link>https://veld.example/</link>"
    "<item><title>Seven cranes</title><link>https://veld.example/1</link><dc:creator xmlns:dc='d'>Anna Kern"
    "</dc:creator><pubDate>Thu, 12 Sep 2024 10:20:00 +0300</pubDate><description>&lt;p&gt;"
    + STORY[0] + "&lt;/p&gt;&lt;p&gt;" + STORY[1] + "&lt;/p&gt;</description></item></channel></rss>"
)  # fmt: skip
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><title>Courier</title><updated>2024-09-12T10:00:00Z</updated>"
    "<entry><title>Cranes</title><link href='https://veld.example/2'/><author><name>Anna Kern</name></author>"
    "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>" + STORY[2] + "</p></div></content>"
    "</entry></feed>"
)
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    + "]><lolz><w>The words stay.</w>&l9;</lolz>"
)
SHEET = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Cargo"><Table><Row>'
    '<Cell><Data ss:Type="String">crane</Data></Cell>'
    '<Cell ss:Index="3"><Data ss:Type="Number">7</Data></Cell></Row></Table></Worksheet></Workbook>'
)
WORD = (
    '<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">'
    "<w:body><w:p><w:r><w:t>" + STORY[0] + "</w:t></w:r></w:p></w:body></w:wordDocument>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251", "koi8-r"])
def test_data_by_element(encoding: str) -> None:
    result = read((HEAD.format(encoding) + DATA).encode(encoding), "x.xml")
    assert result.codes == []
    assert result.document.media_type == "application/xml"
    assert result.prose == [STORY[0]]
    assert "@port: Veld" in result.text
    assert [row[0][0] for row in cells(result)] == ["name", "Harrow", "Орлан"]
    assert cells(result)[2][1] == ("12", "number", "12")


def test_a_feed() -> None:
    result = read(HEAD.format("utf-8") + RSS)
    assert result.codes == []
    assert result.document.media_type == "application/rss+xml"
    assert result.document.title == "Port Courier"
    assert result.of("heading") == ["Seven cranes"]
    assert result.of("dateline") == ["Thu, 12 Sep 2024 10:20:00 +0300 Anna Kern"]
    assert result.of("paragraph") == [STORY[0], STORY[1]]
    assert [link.url for link in result.document.links] == ["https://veld.example/1"]


def test_an_atom_feed() -> None:
    result = read(ATOM)
    assert result.document.media_type == "application/atom+xml"
    assert result.document.published is not None
    assert result.of("paragraph") == [STORY[2]]
    assert result.of("byline") == ["Anna Kern"]


def test_a_sheet_of_office_2003() -> None:
    result = read(SHEET, "x.xml")
    assert result.codes == []
    assert result.of("table") == ["crane\t\t7"]
    assert result.tables[0].name == "Cargo"


def test_a_document_of_office_2003() -> None:
    assert read(WORD, "x.doc").prose == [STORY[0]]


def test_entities_that_multiply_are_not_expanded() -> None:
    result = read(LAUGHS, "x.xml")
    assert result.codes == ["bomb"]
    assert "The words stay." in result.text
    assert "lollol" not in result.text


def test_nothing_is_fetched() -> None:
    text = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/x">]><a><b>w</b><c>&x;</c></a>'
    result = read(text, "x.xml")
    assert result.codes == ["external-entity"]
    assert "c: &x;" in result.text


def test_entities_of_the_document_are_told() -> None:
    text = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY co "Harrow">]><a><b>&co; &eacute;</b></a>'
    result = read(text, "x.xml")
    assert result.codes == ["entity-unread"]
    assert "&co; é" in result.text


def test_deep_nesting_and_broken_ends() -> None:
    deep = read(HEAD.format("utf-8") + "<a>" * 10_000 + "The words stay." + "</a>" * 10_000, "x.xml")
    assert deep.codes == ["nested-too-deep"]
    assert "The words stay." in deep.text
    cut = read((HEAD.format("utf-8") + DATA)[:-60], "x.xml")
    assert cut.codes == ["damaged"]
    assert "Harrow" in cut.text
    assert read(HEAD.format("utf-8"), "x.xml").codes != []


def test_pages_in_xhtml_stay_pages() -> None:
    text = HEAD.format("utf-8") + "<!DOCTYPE html><html xmlns='x'><body><p>Seven cranes.</p></body></html>"
    assert read(text, "x.xml").document.media_type == "text/html"


def test_a_document_in_order() -> None:
    made = HEAD.format("utf-8") + (
        "<article><info><author>Anna Kern</author></info><title>Cranes</title><section><title>Port</title>"
        f"<para>{STORY[0]} <emphasis>In short</emphasis>: paid.</para>"
        "<itemizedlist><listitem><para>One</para></listitem></itemizedlist><informaltable><row><entry>Ship</entry><entry>Crates</entry></row>"
        "<row><entry>Harrow</entry><entry>7</entry></row></informaltable></section>"
        f"<section><title>Veld</title><para>{STORY[1]}</para></section></article>"
    )
    result = read(made, "x.xml")
    assert result.document.title == "Cranes"
    assert result.blocks == [
        ("paragraph", "Anna Kern"), ("heading", "Cranes"), ("heading", "Port"),
        ("paragraph", f"{STORY[0]} In short: paid."), ("paragraph", "One"),
        ("table", "Ship\tCrates\nHarrow\t7"), ("heading", "Veld"), ("paragraph", STORY[1]),
    ]  # fmt: skip


def test_words_of_a_picture() -> None:
    made = (
        "<svg xmlns='http://www.w3.org/2000/svg'><title>Quay</title><style>.a{}</style>"
        "<g><text x='1'>Crane <tspan>No. 7</tspan></text></g><script>x()</script></svg>"
    )
    result = read(made, "x.svg")
    assert result.document.media_type == "image/svg+xml"
    assert [text for _, text in result.blocks] == ["Quay", "Crane No. 7"]


def test_a_vocabulary_without_a_declaration() -> None:
    result = read(f"<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><p>{STORY[0]}</p></text></TEI>", "x")
    assert result.document.media_type == "application/tei+xml"
    assert result.prose == [STORY[0]]
    other = f"<port xmlns='urn:veld'><ship>Harrow</ship><p>{STORY[0]}</p></port>"
    assert read(other).document.media_type == "application/xml"
    assert (
        read(f"<div xmlns='http://www.w3.org/1999/xhtml'><p>{STORY[0]}</p></div>").document.media_type
        != "application/xml"
    )


def test_a_property_list_in_xml() -> None:
    made = (
        HEAD.format("UTF-8")
        + "<plist version='1.0'><dict><key>port</key><string>Veld</string></dict></plist>"
    )
    result = read(made, "x.plist")
    assert result.document.media_type == "application/x-plist"
    assert result.text == "port: Veld"
    trap = made.replace("<plist", '<!DOCTYPE plist [<!ENTITY x "y">]><plist')
    assert read(trap, "x.plist").codes == ["damaged"]
