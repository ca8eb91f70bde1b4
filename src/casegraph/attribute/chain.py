"""The chain of who says so, from the innermost speaker out to the document's publisher."""

from __future__ import annotations

from casegraph.attribute.base import Passing, Said, Speaker
from casegraph.attribute.quoted import Quoter, find_quoters
from casegraph.model import Attribution, Count, Document, Page
from casegraph.text import fold


class Chains:
    """Builds the attribution links of a page's attributions."""

    def __init__(self, document: Document, page: Page) -> None:
        self.document = document
        self.page = page
        self.quoters = find_quoters(page)
        self._opening = {quoter.lead for quoter in self.quoters.values() if quoter.lead is not None}

    def leads(self, place: int) -> bool:
        """Return whether a place is in a line that only opens a quoted mail: "On Thursday X wrote:"."""
        blocks = self.page.blocks
        return any(blocks[number].start <= place < blocks[number].end for number in self._opening)

    def own(self, said: Said) -> Said:
        """Return the attribution with whoever "I" is: the writer of the quoted mail, or the mail's author."""
        if said.me != "i" or said.source is None:
            return said
        name = self._writer(said.source[0])
        if name is not None:
            said.speaker = Speaker(name, None, unnamed=False, count=Count(minimum=1, maximum=1))
        return said

    def _writer(self, place: int) -> str | None:
        quoter = self._quoter(place)
        if quoter is not None:
            return quoter.name
        mail = self.document.media_type == "message/rfc822"
        return self.document.authors[0] if mail and len(self.document.authors) == 1 else None

    def _quoter(self, place: int) -> Quoter | None:
        for number, quoter in self.quoters.items():
            block = self.page.blocks[number]
            if block.start <= place < block.end:
                return quoter
        return None

    def own_voice(self, place: int) -> tuple[Attribution, ...]:
        """Return the chain of words that nobody is said to say: the publisher's, or a quoted writer's."""
        quoter = self._quoter(place)
        if quoter is None:
            return (self.publisher(),)
        return (self._quoted(quoter, first=True), self.publisher())

    def _quoted(self, quoter: Quoter, *, first: bool) -> Attribution:
        return Attribution(
            role="origin" if first else "relay",
            speaker=quoter.name,
            unnamed=quoter.name is None,
            count=Count(minimum=1, maximum=1),
            speaker_target=self.page.target(*quoter.span) if quoter.span else None,
        )

    def links(self, voices: list[Said]) -> tuple[Attribution, ...]:
        """Return the chain for voices from the innermost outwards; the publisher closes it."""
        links: list[Attribution] = []
        for number, voice in enumerate(voices):
            said = Passing(voice.speaker, voice.shown, voice.cue, voice.basis)
            link = self._link(said, first=number == 0)
            if not links or not _same(links[-1], link):
                links.append(link)
            if voice.relay is not None:
                links.append(self._link(voice.relay, first=False))
        place = voices[0].start()
        quoter = self._quoter(place)
        held = any(start <= place < end for voice in voices[1:] for start, end in voice.content)
        if quoter is not None and not held:
            link = self._quoted(quoter, first=False)
            if not _same(links[-1], link):
                links.append(link)
        return (*links, self.publisher())

    def publisher(self) -> Attribution:
        """Return the last link: the document's own publisher, or its authors where none is named."""
        speaker = self.document.publisher or ", ".join(self.document.authors) or None
        return Attribution(role="publisher", speaker=speaker, unnamed=False)

    def _link(self, said: Passing, *, first: bool) -> Attribution:
        speaker, text = said.speaker, self.page.text
        return Attribution(
            role="origin" if first else "relay",
            speaker=speaker.name,
            mention=speaker.mention,
            unnamed=speaker.unnamed,
            count=speaker.count,
            cue=text[slice(*said.cue)] if said.cue else None,
            basis=text[slice(*said.basis)] if said.basis else None,
            speaker_target=self.page.target(*said.shown) if said.shown else None,
            cue_target=self.page.target(*said.cue) if said.cue else None,
            basis_target=self.page.target(*said.basis) if said.basis else None,
        )


def _same(one: Attribution, other: Attribution) -> bool:
    """Return whether two links are one speaker ("he said he believed")."""
    if one.mention is not None or other.mention is not None:
        return one.mention == other.mention or (
            one.speaker is not None and other.speaker is not None and fold(one.speaker) == fold(other.speaker)
        )
    return one.speaker is not None and other.speaker is not None and fold(one.speaker) == fold(other.speaker)
