"""All relations that a paper's form states, and prose relations with the real parties for their terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from casegraph.attribute.base import Filler, Relation, Roles
from casegraph.attribute.papers.forms import Forms, load_forms
from casegraph.attribute.papers.parties import Parties, read_definitions, read_headings
from casegraph.attribute.papers.posts import find_labelled, find_representatives, find_signatures, section_of
from casegraph.attribute.papers.registers import Entry, find_entries, read_entries
from casegraph.attribute.papers.sheet import Line, Sheet
from casegraph.model import Mention, Page, Qualifiers, Quantity

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PAIRS = {"supplier": "recipient", "recipient": "supplier", "buyer": "supplier", "payer": "beneficiary"}
_THINGS = frozenset({"goods", "subject", "product", "property"})
_PROXY = 160


class Papers:
    """Reads the pages of one document in order; remembers its parties."""

    def __init__(self, language: str) -> None:
        self.forms = load_forms(language)
        self.parties = Parties()
        self._tied: set[tuple[str, str]] = set()

    def read(self, page: Page, mentions: Sequence[Mention], prose: list[Relation]) -> list[Relation]:
        """Return the page's relations: those of the form, then those of the prose, each once."""
        if self.forms is None:
            return prose
        sheet = Sheet(page, mentions, self.forms)
        read_definitions(sheet, self.parties)
        sections = list(read_headings(sheet, self.parties))
        entries = read_entries(sheet)
        own = [
            *find_entries(sheet, entries),
            *find_representatives(sheet), *find_labelled(sheet, sections), *self._addresses(sheet, sections),
            *self._meetings(sheet), *self._proxies(sheet), *self._ties(sheet), *self._items(sheet),
        ]  # fmt: skip
        if not _loose(self.forms):
            own += find_signatures(sheet, sections)
        own = [
            relation
            for relation in own
            if len(set(_names(relation).values())) > 1 or relation.kind == "event"
        ]
        named = [self._named(sheet, relation) for relation in prose]
        listed = [entry for passage in entries for entry in passage]
        kept = [r for r in named if r is not None and not _misread(sheet, r, own) and not _listed(r, listed)]
        duties = list(self._duties(sheet, kept))
        told = [(line.start, line.end) for line in sheet.lines if any(_in(line, d) for d in duties)]
        kept = [r for r in kept if r.kind != "delivery" or not any(s <= r.trigger[0] < e for s, e in told)]
        own += duties
        return _merged(own, kept)

    # -- what the form says -------------------------------------------------------------------------------

    @staticmethod
    def _addresses(sheet: Sheet, sections: Sequence[tuple[Line, Filler]]) -> Iterator[Relation]:
        for line in sheet.lines:
            if sheet.forms.labels.get(line.label.lower(), "") != "address" or line.value >= line.end:
                continue
            party = section_of(line, sections)
            if party is None:
                above = [one for one in sheet.bodies if one.start < line.start]
                party = above[-1] if above and line.start - above[-1].end < 200 else None
            words = sheet.text[line.value : line.end].rstrip(" .;,")
            if party is None or not words:
                continue
            place = Filler(line.value, line.value + len(words), words, "Address")
            yield Relation(
                kind="presence", roles={"actor": party, "place": place}, trigger=(line.start, line.value),
                evidence=(line.start, line.end), score=0.85,
            )  # fmt: skip

    @staticmethod
    def _meetings(sheet: Sheet) -> Iterator[Relation]:
        """Yield who was present: the people behind the label and in the lines below it."""
        for number, line in enumerate(sheet.lines):
            if sheet.forms.labels.get(line.label.lower(), "") != "present":
                continue
            people = sheet.people_in(line.value, line.end)
            for below in sheet.lines[number + 1 :]:
                if below.blank or below.label:
                    break
                one = sheet.person(below.start, below.end)
                if one is not None:
                    people.append(one)
            if len(people) < 2:
                continue
            start = line.start + line.text.index(line.label.split()[0])
            what = Filler(start, start + len(line.label), line.label)
            yield Relation(
                kind="event", roles={"participants": tuple(people), "what": what},
                trigger=(what.start, what.end), evidence=(line.start, people[-1].end), score=0.85,
            )  # fmt: skip

    @staticmethod
    def _proxies(sheet: Sheet) -> Iterator[Relation]:
        """Yield who may act for whom by a power of attorney."""
        if sheet.forms.patterns["proxy_title"].search(sheet.text) is None:
            return
        for match in sheet.forms.patterns["proxy"].finditer(sheet.text):
            agent = sheet.person(match.end(), min(len(sheet.text), match.end() + _PROXY))
            low = max(0, match.start() - 3 * _PROXY)
            client = sheet.body(low, match.start())
            if agent is None or client is None or "\n\n" in sheet.text[client.end : agent.start]:
                continue
            yield Relation(
                kind="representation", roles={"agent": agent, "client": client}, trigger=match.span(),
                evidence=(client.start, agent.end), score=0.75,
            )  # fmt: skip

    def _ties(self, sheet: Sheet) -> Iterator[Relation]:
        """Yield the contract or payment between the sides, once a document."""
        for kind, one, other in (("contract", "buyer", "supplier"), ("payment", "payer", "beneficiary")):
            first, second = self.parties.sides.get(one), self.parties.sides.get(other)
            if kind == "payment" and second is None and first is not None:
                second = self.parties.sides.get("recipient")
            if first is None or second is None or first.name == second.name or (kind, "") in self._tied:
                continue
            self._tied.add((kind, ""))
            spans = sorted([(first.start, first.end), (second.start, second.end)])
            inside = [s for s in spans if sheet.text[s[0] : s[1]]]
            evidence = (inside[0][0], inside[-1][1]) if inside[-1][1] - inside[0][0] < 1200 else inside[0]
            roles: Roles = {one: first, other: second}
            if kind == "contract":
                roles["subject"] = None
            yield Relation(
                kind="contract" if kind == "contract" else "payment", roles=roles, trigger=inside[0],
                evidence=evidence, qualifiers=self._sum(sheet), score=0.8,
            )  # fmt: skip

    @staticmethod
    def _sum(sheet: Sheet) -> Qualifiers:
        """Return the sum that a labelled line or sentence of the paper gives."""
        labels = [label for label, field in sheet.forms.labels.items() if field == "amount"]
        for line in sheet.lines:
            if not any(label in line.text.lower() for label in labels):
                continue
            for mention in sheet.mentions:
                if mention.kind == "amount" and line.start <= mention.target.start < line.end:
                    return Qualifiers(amount=mention.amount, targets=(mention.target,))
        return Qualifiers()

    def _items(self, sheet: Sheet) -> Iterator[Relation]:
        """Yield a delivery for each line of a list of goods between a supplier and a buyer."""
        supplier, buyer = self.parties.sides.get("supplier"), self.parties.sides.get("buyer")
        if supplier is None or buyer is None:
            return
        for match in sheet.forms.patterns["item"].finditer(sheet.text):
            number = re.sub(r"[\s\u00a0,](?=\d{3})", "", match["number"]).replace(",", ".")
            unit = sheet.forms.units.get(match["unit"].lower())
            start, end = match.span("goods")
            quantity = None
            if unit is not None:
                value = float(number) if "." in number else int(number)
                quantity = Quantity(minimum=value, maximum=value, unit=unit)
            place = sheet.page.target(match.start("number"), match.end("unit"))
            yield Relation(
                kind="delivery",
                roles={"supplier": supplier, "recipient": buyer, "goods": Filler(start, end, match["goods"])},
                trigger=(start, end), evidence=match.span(),
                qualifiers=Qualifiers(quantity=quantity, targets=(place,)), score=0.7,
            )  # fmt: skip

    # -- what the prose says ------------------------------------------------------------------------------

    def _duties(self, sheet: Sheet, prose: Sequence[Relation]) -> Iterator[Relation]:
        """Yield what one party has to deliver to the other: "The Supplier shall deliver to the Buyer"."""
        if len(self.parties.terms) < 2:
            return
        patterns = sheet.forms.patterns
        for line in sheet.lines:
            duty = patterns["duty"].search(line.text)
            if duty is None:
                continue
            terms = self._terms(line)
            giver = next((one for one in terms if one.start < line.start + duty.start()), None)
            verb = patterns["delivering"].search(line.text, duty.start())
            if giver is None or verb is None or verb.start() - duty.end() > 20:
                continue
            taker = next((one for one in terms if one.start >= line.start + duty.end()), None)
            if taker is None or taker.name == giver.name:
                continue
            same = (r.roles.get("goods") for r in prose if r.kind == "delivery" and _in(line, r))
            goods = next((g for g in same if isinstance(g, Filler)), None)
            goods = goods or _goods(sheet, line, line.start + verb.end(), taker)
            yield Relation(
                kind="delivery", roles={"supplier": giver, "recipient": taker, "goods": goods},
                trigger=(line.start + verb.start(), line.start + verb.end()),
                evidence=(giver.start, max(taker.end, goods.end if goods else 0)),
                modality="predicts", score=0.75,
            )  # fmt: skip

    def _terms(self, line: Line) -> list[Filler]:
        found = []
        for match in _WORD.finditer(line.text):
            party = self.parties.named(match.group()) if match.group()[0].isupper() else None
            if party is not None:
                found.append(replace(party, start=line.start + match.start(), end=line.start + match.end()))
        return found

    def _named(self, sheet: Sheet, relation: Relation) -> Relation | None:
        """Return the relation with the party for each term, and the other party where its term stands by."""
        if not self.parties.terms or relation.kind == "identity":
            return relation
        roles = {role: self._party(part) for role, part in relation.roles.items()}
        names = [p.name for p in roles.values() if isinstance(p, Filler)]
        if len(set(names)) < len(names):
            return None
        line = next((one for one in sheet.lines if one.start <= relation.trigger[0] < one.end), None)
        for role, other in _PAIRS.items():
            known = roles.get(role)
            if line is None or not isinstance(known, Filler) or roles.get(other, known) is not None:
                continue
            near = [t for t in self._terms(line) if t.name != known.name]
            if near and len({t.name for t in near}) == 1:
                roles[other] = near[0]
        return replace(relation, roles=roles)

    def _party(self, part: Filler | tuple[Filler, ...] | None) -> Filler | tuple[Filler, ...] | None:
        if part is None or isinstance(part, tuple):
            return part
        party = self.parties.named(part.name)
        return part if party is None else replace(party, start=part.start, end=part.end)


def _loose(forms: Forms) -> bool:
    """Return whether the form of a name says nothing: any two signs may be one."""
    return forms.patterns["person"].fullmatch("合同") is not None


def _is_label(forms: Forms, line: Line) -> bool:
    return line.label.lower() in forms.labels or (
        len(line.label.split()) < 3 and forms.side(line.label) is not None
    )


def _in(line: Line, relation: Relation) -> bool:
    return line.start <= relation.trigger[0] < line.end


def _misread(sheet: Sheet, relation: Relation, own: Sequence[Relation]) -> bool:
    """Return whether the prose grammar took a paper's form for a sentence.

    What stands as a label or title is no party; whose post the form tells has it there; who signs for a body
    as its director is no middleman.
    """
    parties = [p for role, p in relation.roles.items() if isinstance(p, Filler) and role not in _THINGS]
    if any(sheet.forms.patterns["title"].fullmatch(party.name) for party in parties):
        return True
    known = [line for line in sheet.labelled if _is_label(sheet.forms, line)]
    fields = [line for line in known if sheet.forms.labels.get(line.label.lower(), "header") != "header"]
    if any(_in(line, relation) for line in fields):
        return True
    spans = [relation.trigger, *((party.start, party.end) for party in parties)]
    if any(line.start <= start and end <= line.value for start, end in spans for line in known):
        return True
    person = relation.roles.get("person") or relation.roles.get("agent")
    if relation.kind not in {"directorship", "employment", "representation"} or not isinstance(
        person, Filler
    ):
        return False
    told = [r.roles["person"] for r in own if r.kind in {"directorship", "employment"}]
    return any(isinstance(one, Filler) and one.start < person.end and person.start < one.end for one in told)


def _listed(relation: Relation, entries: Sequence[Entry]) -> bool:
    """Return whether the prose grammar took a label, or two values of a list, for a sentence."""
    start, end = relation.evidence
    return any(
        one.label[0] <= relation.trigger[0] < one.label[1] or (start < one.label[0] < end) for one in entries
    )


def _goods(sheet: Sheet, line: Line, start: int, taker: Filler) -> Filler | None:
    """Return the goods behind the verb or behind its recipient, without number and article."""
    place = taker.end if taker.start - start < 12 else start
    tail = re.split(r"[.,;:]|\s(?:а|and|in|в|не позднее|within|по)\s", sheet.text[place : line.end])[0]
    lead = len(tail) - len(tail.lstrip())
    counted = sheet.forms.patterns["amount_words"].match(tail.lstrip())
    lead += counted.end() if counted else 0
    words = tail[lead:].rstrip()
    return Filler(place + lead, place + lead + len(words), words) if len(words) > 2 else None


def _merged(own: list[Relation], prose: list[Relation]) -> list[Relation]:
    """Return all in order, without those whose roles another of the same kind fills with the same names."""
    kept: list[tuple[Relation, dict[str, str]]] = []
    for relation in own:
        names = _names(relation)
        if not any(_covers(other, relation, held, names) for other, held in kept):
            kept.append((relation, names))
    prose = [r for r in prose if not any(_covers(other, r, held, _names(r)) for other, held in kept)]
    found = [*(relation for relation, _ in kept), *prose]
    return sorted(found, key=lambda r: r.trigger)


def _covers(one: Relation, other: Relation, names: dict[str, str], others: dict[str, str]) -> bool:
    return one.kind == other.kind and one.polarity == other.polarity and others.items() <= names.items()


def _names(relation: Relation) -> dict[str, str]:
    return {
        role: " ".join(sorted(p.name for p in part)) if isinstance(part, tuple) else part.name
        for role, part in relation.roles.items()
        if part is not None and role != "what"
    }
