"""Rich text read group by group: where its words belong and what stands beside them (RTF 1.9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from casegraph.model import BlockRole
from casegraph.read.cleaning import clean
from casegraph.read.rtfstory import Rich, Story
from casegraph.read.rtftokens import CHARACTERS, Fonts, Token, code_page, tokens
from casegraph.read.wordml import named_role

_STORIES: Final = {
    "header": "header", "headerl": "header", "headerr": "header", "headerf": "header",
    "footer": "footer", "footerl": "footer", "footerr": "footer", "footerf": "footer",
    "footnote": "note", "annotation": "comment", "shptxt": "box", "dptxbxtext": "box",
}  # fmt: skip
_INFO: Final = {
    "title": "title", "subject": "subject", "author": "creator", "manager": "manager", "company": "company",
    "operator": "last_modified_by", "category": "category", "keywords": "keywords",
    "doccomm": "description", "comment": "description", "generator": "application", "template": "template",
}  # fmt: skip
_TIMES: Final = {"creatim": "created", "revtim": "modified", "printim": "printed"}
_KEPT: Final = frozenset({
    *_INFO, *_TIMES, "fldinst", "atnauthor", "atnid", "objdata", "pict", "sn", "sv", "propname", "staticval",
})  # fmt: skip
"""Destinations whose words are kept for something else than the text."""
_OPEN: Final = frozenset({"shpinst", "shppict", "do", "ud", "moMath", "moMathPara", "userprops", "result"})
"""Destinations marked as dispensable that hold words all the same."""
_STYLED: Final = frozenset({"cs", "ds", "ts"})
"""Words that old programs may not know and that begin no destination: styles of letters and tables."""
_SKIPPED: Final = frozenset({
    "filetbl", "colortbl", "listtable", "list", "listlevel", "leveltext", "levelnumbers", "listname",
    "listoverridetable", "listoverride", "revtbl", "rsidtbl", "pgptbl", "nonshppict", "nonesttables",
    "xe", "tc", "tcn", "rxe", "txe", "upr", "objclass", "objname", "objalias", "objsect", "atntime",
    "atnref", "atndate", "atnparent", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn",
    "pnseclvl", "pn", "pntxta", "pntxtb", "falt", "panose", "fontemb", "fontfile", "mmathPr",
    "mmathPict", "bkmkstart", "bkmkend", "themedata", "xmlnstbl", "background", "formfield",
    "datafield", "private", "keycode", "picprop", "blipuid", "vern", "version", "edmins", "nofpages",
    "nofwords", "nofchars", "nofcharsws", "hlinkbase", "buptim", "linkval", "shprslt", "mchr",
    "mbegChr", "mendChr", "msepChr", "mctrlPr",
})  # fmt: skip
_TARGETS: Final = {
    "fonttbl": "fonts", "stylesheet": "styles", "info": "info", "ud": "text", "rtf": "text",
}  # fmt: skip
_BREAKS: Final = frozenset({"par", "sect", "page", "column"})
_DEEPEST: Final = 2_000  # groups in groups; further ones share the state of the last
_HYPERLINK: Final = re.compile(r"HYPERLINK\s+(?:\\l\s+)?\"?([^\"\s]+)", re.IGNORECASE)
_PARTS: Final = ("yr", "mo", "dy", "hr", "min", "sec")
_BLIPS: Final = {"pngblip": "png", "jpegblip": "jpeg"}
_HEX: Final = bytes(set(range(256)) - set(b"0123456789abcdefABCDEF"))


@dataclass(slots=True)
class _Group:
    """What holds inside a group and ends with it."""

    target: str = "text"  # where words go: "text", "skip", "fonts", "styles", or one of _KEPT
    font: int | None = None
    skip: int = 1  # characters behind a `\\u` that stand for it in old programs
    hidden: bool = False
    deleted: bool = False
    role: BlockRole | None = None  # of the paragraph
    in_table: bool = False
    starred: bool = False
    story: Story | None = None  # that begins with this group
    kept: list[bytes] = field(default_factory=list)  # words for `target`, as bytes or UTF-16 surrogates
    words: list[str] = field(default_factory=list)


class RichReader:
    """Reads a rich text into a `Rich`; broken ones as far as they go."""

    def __init__(self) -> None:
        self.found = Rich()
        self._fonts = Fonts()
        self._styles: dict[int, BlockRole] = {}
        self._stories = [Story()]
        self._group = _Group()
        self._groups: list[_Group] = []
        self._deep = 0
        self._bytes = bytearray()  # text of one font that waits to be decoded
        self._high = 0  # the first half of a surrogate pair
        self._skip = 0  # characters still to be skipped
        self._style = -1  # the style that the style sheet describes
        self._font = -1
        self._author = ""
        self._address = ""
        self._moment: dict[str, int] = {}
        self._picture = ""
        self._name = ""  # of a shape's property or a user's one

    def read(self, data: bytes) -> Rich:
        """Return what the text holds."""
        self._take(tokens(data))
        self._flush()
        whole = self.found.whole
        while self._groups:
            self._close()
        self.found.whole = whole
        body, *behind = self._stories
        for story in behind:  # a brace too many in the middle, or rubbish without a paragraph's end
            if story.pieces:
                body.boxes.extend(story.finish())
        self.found.body = body.finish()
        return self.found

    def _take(self, given: Iterable[Token]) -> None:
        for token in given:
            if token.kind == "bytes":
                self._run(token.data)
            elif token.kind == "word":
                self._word(token.word, token.number)
            elif token.kind == "open":
                self._open()
            elif token.kind == "close":
                self._close()
            elif token.kind == "symbol":
                self._symbol(token.word)
            elif self._group.target in {"pict", "objdata"}:
                self._group.kept.append(token.data.hex().encode())

    def _open(self) -> None:
        self._flush()
        self._skip = 0
        if len(self._groups) >= _DEEPEST:
            self._deep += 1
            return
        self._groups.append(self._group)
        self._group = replace(self._group, starred=False, story=None, kept=[], words=[])

    def _close(self) -> None:
        self._flush()
        self._skip = 0
        if self._deep:
            self._deep -= 1
            return
        if not self._groups:
            return
        group, self._group = self._group, self._groups.pop()
        if group.story is not None and group.story is self._stories[-1]:
            self._end_story(self._stories.pop())
        elif group.target in _KEPT and group.target != self._group.target:
            self._keep(group)
        elif group.target == self._group.target and group.target in _KEPT:
            self._group.kept.extend(group.kept)
            self._group.words.extend(group.words)
        if not self._groups and not self.found.whole:
            self.found.whole = True
            self._stories.append(Story())  # for what stands behind the end

    def _end_story(self, story: Story) -> None:
        if story.kind == "box":
            self._stories[-1].boxes.extend(story.finish())
        self.found.close(story, self._author)
        if story.kind == "comment":
            self._author = ""

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._group.starred = True
        elif symbol == "\n":
            self._word("par", None)
        elif self._skip:
            self._skip -= 1
        elif symbol in CHARACTERS:
            self._say(CHARACTERS[symbol])

    def _word(self, word: str, number: int | None) -> None:
        if word == "u" and number is not None:
            self._unicode(number & 0xFFFF)
            return
        self._flush()
        if self._skip:
            self._skip -= 1
        elif word in CHARACTERS:
            self._say(CHARACTERS[word])
        elif not (self._destination(word) or self._layout(word, number) or self._letters(word, number)):
            self._document(word, number)

    def _destination(self, word: str) -> bool:
        """Tell whether a word begins a destination, and begin it."""
        group = self._group
        starred, group.starred = group.starred, False
        if word in _STORIES and group.target != "skip":
            group.target, group.story = "text", Story(_STORIES[word])
            group.hidden = group.deleted = group.in_table = False
            group.role = None
            self._stories.append(group.story)
        elif word in _TARGETS:
            group.target = _TARGETS[word]
        elif word in _KEPT and group.target not in {"skip", "styles"}:
            group.target = word
            self._moment = {}
        elif word in _SKIPPED or (starred and word not in _OPEN and word not in _STYLED):
            group.target = "skip"
        else:
            return False
        return True

    def _layout(self, word: str, number: int | None) -> bool:
        """Tell whether a word ends a paragraph, a cell or a row, or says what it is; and do so."""
        if self._group.target == "styles":
            return self._describe(word, number)
        if self._group.target != "text":
            return False
        story, group = self._stories[-1], self._group
        if word in _BREAKS:
            story.paragraph(group.role or "paragraph", in_table=group.in_table and word == "par")
        elif word == "cell":
            story.cell()
        elif word == "row":
            story.row()
        elif word == "pard":
            group.in_table, group.role = False, None
        elif word == "intbl":
            group.in_table = number != 0
        elif word in {"s", "outlinelevel", "ls", "listtext", "pntext"}:
            self._rank(word, number)
        else:
            return False
        return True

    def _rank(self, word: str, number: int | None) -> None:
        """Keep what a word says of the paragraph's role."""
        group = self._group
        if word == "s":
            group.role = self._styles.get(number or 0, group.role)
        elif word == "outlinelevel":
            group.role = "heading" if number is not None and number < 9 else group.role
        else:  # the number of a list's item stands in a group of its own
            group = self._groups[-1] if word != "ls" and self._groups else group
            group.role = group.role or "list"

    def _describe(self, word: str, number: int | None) -> bool:
        """Keep the number and level of the style that the style sheet describes."""
        if word in {"s", "cs", "ds", "ts"}:
            self._style = (number or 0) if word == "s" else -1
        elif word == "outlinelevel" and self._style >= 0:
            self._styles[self._style] = "heading"
        return True

    def _letters(self, word: str, number: int | None) -> bool:
        """Tell whether a word says how letters are written or shown, and follow it."""
        group = self._group
        if word == "f":
            group.font = self._font = number if number is not None else -1
        elif word == "uc":
            group.skip = max(0, min(number if number is not None else 1, 100))
        elif word == "v":
            group.hidden = number != 0
        elif word == "deleted":
            group.deleted = number != 0
        elif word == "plain":
            group.font, group.hidden, group.deleted = None, False, False
        elif word in {"fcharset", "cpg"} and group.target == "fonts":
            (self._fonts.charset if word == "fcharset" else self._fonts.own_page)(self._font, number or 0)
        else:
            return False
        return True

    def _document(self, word: str, number: int | None) -> None:
        """Follow a word that holds for the document, a date or a picture."""
        fonts = self._fonts
        if word == "ansicpg" and number:
            fonts.page = code_page(number) or fonts.page
        elif word in {"mac", "pc", "pca"}:
            fonts.page = {"mac": "mac-roman", "pc": "cp437", "pca": "cp850"}[word]
        elif word == "deff":
            fonts.first = number
        elif word in _BLIPS:
            self._picture = _BLIPS[word]
        elif word in _PARTS and number is not None:
            self._moment[word] = number

    def _unicode(self, code: int) -> None:
        if self._bytes:
            self._flush()
        if self._high:
            high, self._high = self._high, 0
            if 0xDC00 <= code < 0xE000:
                self._say(chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00))
                self._skip = self._group.skip
                return
            self._say("\ufffd")
        if 0xD800 <= code < 0xDC00:
            self._high = code
        else:
            self._say(chr(code) if not 0xDC00 <= code < 0xE000 else "\ufffd")
        self._skip = self._group.skip

    def _run(self, data: bytes) -> None:
        """Take bytes of text, less those that stand for a character given already."""
        if self._skip:
            skipped = min(self._skip, len(data))
            self._skip -= skipped
            data = data[skipped:]
        if not data:
            return
        if self._group.target in {"pict", "objdata"}:
            self._group.kept.append(data)
        elif self._group.target != "skip":
            self._bytes += data

    def _flush(self) -> None:
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            if self._high:  # whose second half never came
                self._high = 0
                self._say("\ufffd")
            target = self._group.target
            page = self._fonts.encoding(self._group.font) if target == "text" else self._fonts.page
            try:
                self._say(data.decode(page, "replace"))
            except LookupError:
                self._say(data.decode("cp1252", "replace"))

    def _say(self, text: str) -> None:
        """Put characters where the group's words belong."""
        group = self._group
        if group.target == "styles":
            self._name_style(text)
        elif group.target in _KEPT:
            group.words.append(text)
        elif group.target == "text":
            if group.deleted or group.hidden:
                (self.found.deleted if group.deleted else self.found.hidden).append(text)
            else:
                self._stories[-1].add(text)

    def _name_style(self, text: str) -> None:
        name = text.partition(";")[0].strip().lower()
        if self._style >= 0 and name and (role := named_role(name)) is not None:
            self._styles[self._style] = role

    def _keep(self, group: _Group) -> None:
        """Keep what a destination held."""
        target, text = group.target, clean("".join(group.words)).strip()
        if target == "objdata":
            self.found.objects.append(_bytes(group.kept))
        elif target == "pict":
            if self._picture:
                self.found.pictures.append((self._picture, _bytes(group.kept)))
            self._picture = ""
        elif target in _TIMES:
            self._date(_TIMES[target])
        elif target in _INFO:
            self.found.values.append((_INFO[target], text.rstrip(";") if target == "generator" else text))
        else:
            self._aside(target, text)

    def _aside(self, target: str, text: str) -> None:
        if target == "fldinst":
            if (link := _HYPERLINK.search(text)) is not None:
                self.found.links.append((link[1], ""))
        elif target == "atnauthor":
            self._author = text
        elif target in {"sn", "propname"}:
            self._name = text
        elif target == "staticval" and self._name:
            self.found.values.append((f"custom_{self._name}", text))
        elif target == "sv" and self._name == "gtextUNICODE" and text:  # WordArt
            box = Story("box")
            box.add(text)
            self._stories[-1].boxes.extend(box.finish())

    def _date(self, key: str) -> None:
        parts = [self._moment.get(part, 0) for part in _PARTS]
        if parts[0] > 1601 and 0 < parts[1] < 13 and 0 < parts[2] < 32:
            self.found.values.append((key, "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}".format(*parts)))


def _bytes(kept: list[bytes]) -> bytes:
    """Return what hexadecimal digits stand for; an odd last one is left out."""
    digits = b"".join(kept).translate(None, _HEX)
    return bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
