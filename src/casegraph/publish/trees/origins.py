"""A claim as a tree: the origins behind it, the roads that lead there, and what speaks against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from casegraph.model import Claim, Corroboration, Document, Drift, Grade, Independence, Origin, Step
from casegraph.publish.phrases import counted
from casegraph.publish.trees.base import Branch, Known, Tone, quoted, sign_note, times
from casegraph.publish.trees.captions import told
from casegraph.publish.trees.conflicts import Conflicts

_KINDS = {
    "person": "a person",
    "organisation": "an organisation",
    "document": "a document",
    "unnamed": "not named",
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
_VERDICTS = {
    "independent": "shown to be independent",
    "undetermined": "not determined",
    "dependent": "not independent",
}
_PAIRS = 8  # that are shown unless all are asked for


def origins(
    found: Corroboration,
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    names: Mapping[str, str],
    asked: str | None = None,
    grades: Sequence[Grade] = (),
    *,
    full: bool = False,
) -> Branch:
    """Return what a cluster of claims rests on; `asked` is the claim that the reader came from.

    `full` shows every claim of each side and every pair of origins, not the first alone.
    """
    known = Known(documents, names)
    return _Origins(found, {one.id: one for one in claims}, known, asked, grades, full=full).tree()


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
        *,
        full: bool,
    ) -> None:
        self._found, self._claims, self._known, self._asked = found, claims, known, asked
        self._grades, self._full = grades, full
        self._names = {one.id: one.name for one in found.origins}

    def tree(self) -> Branch:
        """Return the whole."""
        found = self._found
        own = self._claims.get(self._asked or "")
        said = f"said in {times(len(found.documents), 'document', 'documents')}"
        notes = [f"{said}; {summary(found.independent, found.undetermined)}"]
        if found.single_unnamed:
            notes.append("all roads lead to a single unnamed source")
        if own is not None:
            place = self._known.page(own.document, own.content_target.page)
            notes.append(f"asked about: {self._known.short(own.document)}{place}")
            notes.append(quoted(own.content_target.exact))
        parts = (
            self._behind(),
            self._pairs(),
            Conflicts(found, self._claims, self._known, full=self._full).branch(),
            self._drifts(),
            self._variants(),
            self._grade(),
        )
        kept = tuple(part for part in parts if part.branches)
        return Branch(self._caption(), tuple(notes), kept, "asked")

    def _caption(self) -> str:
        own = [self._claims[one] for one in self._found.claims if one in self._claims]
        words = told(own, self._found.caption)
        return f"denied: {words}" if own and all(one.stance == "denies" for one in own) else words

    def _behind(self) -> Branch:
        label = "who says so, in the end" if len(self._found.origins) == 1 else "origins"
        return Branch(label, branches=tuple(self._origin(one) for one in self._found.origins))

    def _origin(self, one: Origin) -> Branch:
        count = counted(one.count)
        notes = [_KINDS[one.kind] + (f" ({count})" if one.kind == "unnamed" and count else "")]
        if one.basis:
            notes[0] += f", on the basis of {one.basis}"
        many = times(len(one.documents), "document leads", "documents lead")
        notes.append(f"{many} there" + (", the longest road:" if one.road else ""))
        if one.work:
            notes.append(f"the road ends at {one.work}, which is not in the case")
        return Branch(one.name, tuple(notes), tuple(self._steps(one.road)))

    def _steps(self, road: Sequence[Step]) -> Iterator[Branch]:
        """Yield the steps of a road, numbered: where they are, and the words there once."""
        before = None
        for number, step in enumerate(road, 1):
            label = step.words
            for title in filter(None, (self._title(step.document), step.document)):
                if label.endswith(title):
                    label = label.removesuffix(title) + self._known.short(step.document)
                    break
            words = tuple(self._words(step.claim)) if step.claim != before else ()
            before = step.claim
            yield Branch(f"{number}. {label}", words, claim=step.claim, document=step.document)

    def _title(self, document: str) -> str:
        found = self._known.documents.get(document)
        return (found.title or found.publisher or "") if found is not None else ""

    def _words(self, claim: str | None) -> Iterator[str]:
        if claim is not None and claim in self._claims:
            target = self._claims[claim].content_target
            yield quoted(target.exact) + self._known.page(target.document, target.page)

    def _pairs(self) -> Branch:
        ordered = sorted(self._found.pairs, key=lambda one: list(_TONES).index(one.value))
        shown = ordered if self._full else ordered[:_PAIRS]
        pairs = tuple(map(self._pair, shown))
        left = len(ordered) - len(shown)
        rest = (Branch(f"and {times(left, 'further pair', 'further pairs')}"),) if left else ()
        return Branch("are they independent?", branches=(*pairs, *rest))

    def _pair(self, one: Independence) -> Branch:
        names = (self._names.get(one.left, one.left), self._names.get(one.right, one.right))
        return Branch(f"{' and '.join(names)}: {_VERDICTS[one.value]}", (one.words,), tone=_TONES[one.value])

    def _drifts(self) -> Branch:
        return Branch("changed on the way", branches=tuple(map(self._drift, self._found.drifts)))

    def _drift(self, one: Drift) -> Branch:
        notes = []
        after = self._claims.get(one.after)
        for label, claim in (("before", one.before), ("after", one.after)):
            if claim in self._claims:
                own = self._claims[claim]
                notes.append(f"{label}: {self._known.short(own.document)}")
                notes.append(quoted(own.evidence[0].exact))
        found = self._known.documents.get(after.document) if after is not None else None
        where = f", in {found.publisher}" if found is not None and found.publisher else ""
        shown = after.id if after is not None else None
        return Branch(one.words + where, tuple(notes), tone="doubt", claim=shown)

    def _variants(self) -> Branch:
        """Return what the claims say differently, a line for each role or value."""
        said: defaultdict[str, list[str]] = defaultdict(list)
        for one in sorted(self._found.variants, key=lambda one: (one.field, -len(one.claims), one.value)):
            said[one.field].append(f"{one.value} ({len(one.claims)}\u00d7)")
        lines = (Branch(f"{field}: {', '.join(values)}") for field, values in said.items())
        return Branch("said differently", branches=tuple(lines))

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
