"""Address cards and calendars."""

from __future__ import annotations

import base64

import pytest

from tests.read.made import read

CARD = """BEGIN:VCARD
VERSION:3.0
FN:Anna Kern
N:Kern;Anna;;Dr;
ORG:Harrow Marine;Cranes
TITLE:Director
TEL;TYPE=CELL,VOICE:+7 000 123-45-67
EMAIL;TYPE=WORK:kern@harrow
 .example
ADR;TYPE=WORK:;;4 Quay\\, left;Veld;;1000;Northland
NOTE:Knows the broker\\nAsk her
PHOTO;ENCODING=b;TYPE=PNG:{photo}
END:VCARD
"""
OLD = (
    "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=CA=E5=F0=ED;=C0=ED=\n=ED=E0\n"
    "TEL;HOME:123\nEND:VCARD\n"
)
EVENT = """BEGIN:VCALENDAR
PRODID:-//Made//EN
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Veld
END:VTIMEZONE
BEGIN:VEVENT
UID:1@veld.example
DTSTART;TZID=Europe/Veld:20240912T102000
DTEND:20240912T112000Z
SUMMARY:Handover of the cranes
LOCATION:Berth 4\\, Veld
ORGANIZER;CN=Anna Kern:mailto:kern@harrow.example
ATTENDEE;CN="Leskov, Ivan";ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED:mailto:leskov@veld.example
DESCRIPTION:The broker brings the second part of the sum.\\n\\nNobody else is to be told about this.
END:VEVENT
END:VCALENDAR
"""
PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(90)


def test_a_card() -> None:
    result = read(CARD.format(photo=base64.b64encode(PHOTO).decode()).replace("\n", "\r\n"), "kern.vcf")
    assert result.codes == []
    assert result.document.media_type == "text/vcard"
    assert result.document.title == "Anna Kern"
    lines = result.of("table")[0].split("\n")
    assert lines == [
        "Anna Kern", "organisation: Harrow Marine, Cranes", "title: Director",
        "cell voice telephone: +7 000 123-45-67", "work e-mail: kern@harrow.example",
        "work address: 4 Quay, left, Veld, 1000, Northland", "note: Knows the broker Ask her",
    ]  # fmt: skip
    assert [one.data for one in result.held] == [PHOTO]


def test_old_cards_in_quoted_printable() -> None:
    result = read(OLD + OLD, "book.vcf")
    assert result.of("table") == ["Анна Керн\nhome telephone: 123"] * 2
    assert result.document.metadata["cards"] == ("2",)


def test_an_event() -> None:
    result = read(EVENT, "x.ics")
    assert result.codes == []
    assert result.document.media_type == "text/calendar"
    assert result.document.title == "Handover of the cranes"
    (table,) = result.of("table")
    assert "start: 2024-09-12T10:20:00 Europe/Veld" in table
    assert "end: 2024-09-12T11:20:00Z" in table
    assert "place: Berth 4, Veld" in table
    assert "organiser: Anna Kern <kern@harrow.example>" in table
    assert "attendee: Leskov, Ivan <leskov@veld.example> (req participant, accepted)" in table
    assert len(result.of("paragraph")) == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
def test_other_encodings(encoding: str) -> None:
    text = CARD.format(photo="").replace("Anna Kern", "Анна Керн из порта Вельд")
    assert read(text.encode(encoding), "x.vcf").document.title == "Анна Керн из порта Вельд"


def test_what_is_cut_or_empty() -> None:
    assert read(EVENT[:500], "x.ics").codes == ["truncated"]
    assert read(CARD[:80], "x.vcf").codes == ["truncated"]
    assert read("BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", "x.ics").codes == ["no-text"]
    assert read(b"", "x.vcf").codes == ["empty"]
    assert read("BEGIN:VCARD\n" * 3_000, "x.vcf").codes == ["truncated", "no-text"]
    assert read("We begin: vcard was the word of the day.", "x.vcf").document.media_type == "text/plain"
