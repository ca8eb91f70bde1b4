"""A claim as a tree: the origins behind it, the roads that lead there, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from casegraph.model import Claim, Contradiction, Corroboration, Document, Drift, Grade, Origin
from casegraph.publish.trees.base import Branch, Known, Tone, quoted, sign_note

_KINDS = {
    "person": "a person",
    "organisation": "an organisation",
    "document": "a document",
    "unnamed": "unnamed",
    "register": "a register",
    "publisher": "the outlet in its own voice",
}
CREDIBILITIES = (
    "confirmed by other sources",
    "probably true",
    "possibly true",
    "doubtful",
    "improbable",
    "truth cannot be judged",
)
"""Of the grades 1 to 6 (AJP-2.1), in words."""

_TONES: dict[str, Tone] = {"independent": "good", "undetermined": "doubt", "dependent": "bad"}


def origins(
    found: Corroboration,
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    names: Mapping[str, str],
    asked: str | None = None,
    grades: Sequence[Grade] = (),
) -> Branch:
    """Return what a cluster of claims rests on; `asked` is the claim that the reader came from."""
    return _Origins(found, {one.id: one for one in claims}, Known(documents, names), asked, grades).tree()


def summary(independent: int, undetermined: int) -> str:
    """Return the count that a reader sees."""
    if not independent:
        return "no origin is known"
    known = f"{independent} known independent {'origin' if independent == 1 else 'origins'}"
    return known + (f", {undetermined} undetermined" if undetermined else "")


class _Origins:
    def __init__(
        self,
        found: Corroboration,
        claims: Mapping[str, Claim],
        known: Known,
        asked: str | None,
        grades: Sequence[Grade],
    ) -> None:
        self._found, self._claims, self._known, self._asked = found, claims, known, asked
        self._grades = grades
        self._names = {one.id: one.name for one in found.origins}

    def tree(self) -> Branch:
        """Return the whole."""
        found = self._found
        own = self._claims.get(self._asked or "")
        times = f"in {len(found.documents)} of the documents, {len(found.claims)} times"
        notes = [f"{times}; {summary(found.independent, found.undetermined)}"]
        if found.single_unnamed:
            notes.append("all roads lead to a single unnamed source")
        if own is not None:
            notes.append(f"asked about: {quoted(own.content_target.exact)} [{self._name(own.document)}]")
        parts = (
            self._behind(),
            self._pairs(),
            self._against(),
            self._drifts(),
            self._variants(),
            self._grade(),
        )
        return Branch(found.caption, tuple(notes), tuple(part for part in parts if part.branches), "asked")

    def _name(self, document: str) -> str:
        return self._known.names.get(document, document[:15])

    def _behind(self) -> Branch:
        return Branch("origins", branches=tuple(self._origin(one) for one in self._found.origins))

    def _origin(self, one: Origin) -> Branch:
        basis = f", on the basis of {one.basis}" if one.basis else ""
        notes = [f"{_KINDS[one.kind]}{basis}; reached from {len(one.documents)} of the documents"]
        if one.work:
            notes.append(f"the road ends at {one.work}, which is not in the case")
        steps = tuple(
            Branch(step.words, (f"[{self._name(step.document)}]", *self._words(step.claim)))
            for step in one.road
        )
        return Branch(one.name, tuple(notes), steps)

    def _words(self, claim: str | None) -> Iterator[str]:
        if claim is not None and claim in self._claims:
            yield quoted(self._claims[claim].content_target.exact)

    def _pairs(self) -> Branch:
        names = self._names
        pairs = tuple(
            Branch(
                f"{names.get(one.left, one.left)} and {names.get(one.right, one.right)}: {one.value}",
                (one.words,),
                tone=_TONES[one.value],
            )
            for one in self._found.pairs
        )
        return Branch("are they independent?", branches=pairs)

    def _against(self) -> Branch:
        return Branch("contradicted", branches=tuple(map(self._conflict, self._found.contradictions)))

    def _conflict(self, one: Contradiction) -> Branch:
        sides = [
            Branch(label, branches=tuple(self._side(claims)))
            for label, claims in (("on one side", one.left), ("on the other", one.right))
        ]
        return Branch(one.words, branches=tuple(sides), tone="bad")

    def _side(self, claims: tuple[str, ...]) -> Iterator[Branch]:
        for claim in claims:
            if claim in self._claims:
                own = self._claims[claim]
                speaker = next((link.speaker for link in own.attribution if link.speaker), None)
                who = f"{speaker}: " if speaker else ""
                yield Branch(f"{who}{quoted(own.content_target.exact)}", (f"[{self._name(own.document)}]",))

    def _drifts(self) -> Branch:
        return Branch("changed on the way", branches=tuple(map(self._drift, self._found.drifts)))

    def _drift(self, one: Drift) -> Branch:
        notes = []
        for label, claim in (("before", one.before), ("after", one.after)):
            if claim in self._claims:
                own = self._claims[claim]
                notes.append(f"{label}: {quoted(own.evidence[0].exact)} [{self._name(own.document)}]")
        return Branch(one.words, tuple(notes), tone="doubt")

    def _variants(self) -> Branch:
        variants = tuple(
            Branch(f"{one.field}: {one.value}", (f"{len(one.claims)} of the claims",))
            for one in self._found.variants
        )
        return Branch("said differently", branches=variants)

    def _grade(self) -> Branch:
        grade = self._found.credibility
        notes = tuple(sign_note(sign, self._known) for sign in self._found.signs)
        label = f"{grade}: {CREDIBILITIES[grade - 1]} (proposed by the program; a person decides)"
        given = tuple(
            Branch(
                f"{one.value}: {CREDIBILITIES[int(one.value) - 1]}"
                f" ({one.pen_name or 'somebody'}, {one.made[:10]})",
                (one.note,) if one.note else (),
                tone="good",
            )
            for one in self._grades
        )
        return Branch("credibility", branches=(*given, Branch(label, notes)))
