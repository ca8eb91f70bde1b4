"""To whom a claim goes back within its own document: the innermost speaker, paper or outlet."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from casegraph.model import Attribution, Count, Document, OriginKind
from casegraph.text import fold, fold_blanks, fold_letters
from casegraph.trace import alike, stance, terms
from casegraph.trace.base import Reported
from casegraph.trace.firsthand import Paper, paper
from casegraph.trace.publishers import Outlets, host, letters

_ORGANISATIONS = frozenset({"Organization", "Company", "PublicBody", "LegalEntity"})
_AND = re.compile(r"\s(?:and|и)\s|和|以及")  # "two officials and documents" are people, who have papers
SOMEBODY = "somebody who is not named"
NAMED: frozenset[OriginKind] = frozenset({"person", "organisation", "document", "register"})


@dataclass(frozen=True, slots=True)
class End:
    """Where a road may end. Ends of one key are one origin."""

    key: str
    kind: OriginKind
    name: str
    entity: str | None = None
    schema: str | None = None  # of the entity, where somebody told it
    count: Count | None = None
    basis: str | None = None
    document: str | None = None
    work: str | None = None
    host: str | None = None  # of an outlet
    outlet: str = ""  # key of the outlet in whose voice it is, that spoke to it, or that saw it
    paper: Paper | None = None  # document at first hand, in the case

    @property
    def keys(self) -> frozenset[str]:
        """Return by what the one who speaks is found in roles, bonds and issuers."""
        if self.kind not in {"person", "organisation"}:
            return frozenset()
        name = frozenset({f"n:{fold_letters(fold(self.name))}"})
        return name | {f"e:{self.entity}"} if self.entity else name


class Voice(NamedTuple):
    """A document's own voice: its outlet, or the paper that it is."""

    end: End
    inner: tuple[Attribution, ...]  # links below the publisher, innermost first


def voice(one: Reported, outlets: Outlets) -> Voice:
    """Return the end of what a document says in its own voice, and the links that stand below it.

    Its authors speak in its voice, so do earlier versions of it; and nobody says nothing.
    """
    document = one.document
    authors = {alike.folded(name) for name in document.authors}
    inner = tuple(
        link
        for link in one.claim.attribution
        if link.role != "publisher"
        and not terms.speaks_of("nobody", link.speaker)
        and not stance.is_earlier_version(link)
        and (link.speaker is None or alike.folded(link.speaker) not in authors)
    )
    known = paper(one)
    if known is not None:
        return Voice(
            End(
                key=f"document|{document.id}", kind="register" if known.sort == "register" else "document",
                name=document.title or outlets.named(document), document=document.id,
                outlet=f"document:{document.id}", paper=known,
            ),
            inner,
        )  # fmt: skip
    return Voice(publisher(outlets.named(document), outlets.key(None, document), document), inner)


def publisher(name: str, outlet: str, document: Document | None = None, work: str | None = None) -> End:
    """Return the end of an outlet's own voice; `work` is one that is not in the case."""
    own = outlet.partition(":")[2] if outlet.startswith("document:") else letters(name)
    return End(
        key=f"publisher|{own}", kind="publisher", name=name,
        document=document.id if document is not None else None, work=work, outlet=outlet,
        host=host(document.url) if document is not None else None,
    )  # fmt: skip


def own_end(one: Reported, outlets: Outlets) -> End:
    """Return where a claim ends when no other document is looked at."""
    own, inner = voice(one, outlets)
    if not inner:
        link = next((link for link in one.claim.attribution if link.role == "publisher"), None)
        return _seen(own, link.basis, None) if link and own.paper is None else own
    first = inner[0]
    teller = _teller(inner[1:], own, outlets)
    speaker = first.speaker
    if first.unnamed or speaker is None or (first.entity is None and terms.is_anybody(speaker)):
        return _unnamed(first, teller, outlets)
    if outlets.knows(speaker):
        return _outlet(speaker, own, first, outlets)
    papers = _papers(first, teller, outlets)
    if papers is None and outlets.is_outlet(speaker):
        return _outlet(speaker, own, first, outlets)
    return papers or _seen(_named(first, one), first.basis, first.count)


def _papers(link: Attribution, teller: End, outlets: Outlets) -> End | None:
    """Return the end at a register or at papers that a chain begins with, None for somebody who speaks."""
    speaker = link.speaker or ""
    if terms.speaks_of("registers", speaker):
        return End(
            key=f"register|{link.entity or fold_letters(fold(speaker))}", kind="register", name=speaker,
            entity=link.entity, work=speaker,
        )  # fmt: skip
    if terms.speaks_of("documents", speaker):
        return _seen(_holder(speaker, teller, outlets), speaker, link.count)
    return None


def _outlet(name: str, own: End, link: Attribution, outlets: Outlets) -> End:
    """Return the end at an outlet that a chain begins with, the document's own voice if it is its own."""
    outlet = publisher(outlets.full(name), outlets.key(name), work=name)
    return _seen(own if outlet.outlet == own.outlet else outlet, link.basis, link.count)


def _teller(relays: tuple[Attribution, ...], own: End, outlets: Outlets) -> End:
    """Return who passed the innermost words on: the next named outlet outwards, else the document itself."""
    for link in relays:
        if link.speaker and not link.unnamed and outlets.is_outlet(link.speaker):
            return publisher(outlets.full(link.speaker), outlets.key(link.speaker), work=link.speaker)
    return own


def _unnamed(link: Attribution, teller: End, outlets: Outlets) -> End:
    """Return the end at an unnamed source: it belongs to the outlet that spoke to it."""
    if link.basis and terms.speaks_of("documents", link.basis):
        return _seen(teller, link.basis, link.count)
    if link.speaker and terms.speaks_of("documents", _AND.split(link.speaker)[0]):
        return _seen(_holder(link.speaker, teller, outlets), link.speaker, link.count)
    return End(
        key=f"unnamed|{teller.outlet}", kind="unnamed", name=_called(link),
        count=link.count, basis=link.basis, document=teller.document, work=teller.work, outlet=teller.outlet,
    )  # fmt: skip


def _called(link: Attribution) -> str:
    """Return the words for an unnamed source; a pronoun that nothing explains is none."""
    words = fold_blanks(link.speaker or "")
    return words if words and (link.unnamed or not terms.is_anybody(words)) else SOMEBODY


def _holder(words: str, teller: End, outlets: Outlets) -> End:
    """Return who has papers: the outlet that their description names, else who tells of them."""
    name = outlets.holder(words)
    if name is None or outlets.key(name) == teller.outlet:
        return teller
    return publisher(name, outlets.key(name), work=name)


def _seen(holder: End, basis: str | None, count: Count | None) -> End:
    """Return the end at papers that somebody says to have seen, the holder itself where there are none."""
    if not basis:
        return holder
    if not terms.speaks_of("documents", basis):
        return replace(holder, basis=basis)
    return End(
        key=f"seen|{holder.outlet or holder.key}", kind="document", name=fold_blanks(basis), count=count,
        basis=basis, document=holder.document, work=holder.work, outlet=holder.outlet or holder.key,
    )  # fmt: skip


def _named(link: Attribution, one: Reported) -> End:
    """Return the end at somebody named, a person where the entity's schema or the name's shape says so."""
    name = link.speaker or ""
    schema = one.schemas.get(link.entity or "") or _schema_of(link.entity, one)
    if schema in _ORGANISATIONS or schema == "Person":
        kind: OriginKind = "person" if schema == "Person" else "organisation"
    else:
        schema = None
        kind = "person" if terms.is_description(name) or len(terms.words_of(name)) <= 3 else "organisation"
    return End(
        key=f"named|{link.entity or fold_letters(fold(name))}", kind=kind, name=name, entity=link.entity,
        schema=schema,
    )  # fmt: skip


def _schema_of(entity: str | None, one: Reported) -> str | None:
    found = {party.schema for _, party in alike.filled(one.claim) if entity and party.entity == entity}
    return next(iter(found)) if len(found) == 1 else None


def elsewhere(end: End, outlet: End) -> End:
    """Return an end of a document whose words come from another outlet: its voice and its unnamed sources."""
    if end.kind == "publisher":
        return replace(outlet, basis=end.basis)
    if end.kind == "unnamed":
        return replace(
            end,
            key=f"unnamed|{outlet.outlet}",
            outlet=outlet.outlet,
            document=outlet.document,
            work=outlet.work,
        )
    if end.key.startswith("seen|"):
        return replace(
            end, key=f"seen|{outlet.outlet}", outlet=outlet.outlet, document=outlet.document, work=outlet.work
        )
    return end
