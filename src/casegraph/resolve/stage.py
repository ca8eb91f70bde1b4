"""From the names of one document to entities. Names of different documents meet by their entity's id.

A wrong merge puts words in the wrong mouth, a missed one only leaves two names where one would do: whatever
is ambiguous stays apart, and a person is never an organisation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from casegraph.model import Mention, Parsed, Resolved, make_id
from casegraph.resolve.aliases import Cluster, introduced, outer_name, shortened
from casegraph.resolve.evidence import clashing, identified, other_names
from casegraph.resolve.mailboxes import owners
from casegraph.resolve.names import Words, group, is_form, legal_form, word_list, words
from casegraph.stage import Stage
from casegraph.text import fold_blanks

VERSION = 5

_SPECIFIC = ("Company", "PublicBody", "Organization", "LegalEntity")


def resolve(parsed: Parsed) -> Iterator[Resolved]:
    """Yield the entity of each name mention that has a word in it."""
    pages = {page.number: page for page in parsed.pages}
    boxes = owners(parsed.mentions, pages)
    said = Said(identified(parsed.mentions, pages, parsed.tables), dict(other_names(parsed.mentions, pages)))
    clusters = list(_told_apart(_clusters(one for one in parsed.mentions if one.id not in boxes), said))
    shown = _mailboxes(parsed.mentions, boxes)
    into: dict[int, Cluster] = dict(_bearers(clusters, shown))
    clusters += shown
    abbreviations: dict[tuple[str, str], set[int]] = {}
    by_id = {id(cluster): cluster for cluster in clusters}
    for short, cluster in introduced(clusters, pages):
        abbreviations.setdefault((cluster.group, short), set()).add(id(cluster))
    for cluster in clusters:
        if id(cluster) in into or cluster.email is not None:
            continue
        meant = abbreviations.get((cluster.group, "".join(cluster.words)), set()) - {id(cluster)}
        if len(meant) == 1:
            into[id(cluster)] = by_id[meant.pop()]
    for few, many in shortened([cluster for cluster in clusters if id(cluster) not in into]):
        if not clashing({*few.identifiers, *many.identifiers}):
            into[id(few)] = many
    gathered: dict[int, list[Cluster]] = {}
    for cluster in clusters:
        gathered.setdefault(id(_root(cluster, into)), []).append(cluster)
    roots = [by_id[root] for root in gathered]
    places = {cluster.words for cluster in clusters if cluster.group == "Address"}
    for root, members in gathered.items():
        outer = outer_name(by_id[root], roots, places)
        yield from _resolved(by_id[root], members, parsed.document.id, outer, said)


@dataclass(frozen=True, slots=True)
class Said:
    """What the document says of names, by mention: identifiers, and another name in brackets."""

    identifiers: Mapping[str, tuple[str, ...]]
    aliases: Mapping[str, str]

    def of(self, mentions: Iterable[Mention]) -> set[str]:
        """Return the identifiers of some mentions."""
        return {value for one in mentions for value in self.identifiers.get(one.id, ())}


def _told_apart(clusters: Iterable[Cluster], said: Said) -> Iterator[Cluster]:
    """Yield clusters with their identifiers; names of two parties by their numbers are parted.

    Mentions without a number then belong to neither.
    """
    for cluster in clusters:
        own = said.of(cluster.mentions)
        if not clashing(own):
            cluster.identifiers = tuple(sorted(own))
            yield cluster
            continue
        parted: dict[tuple[str, ...], list[Mention]] = {}
        for one in cluster.mentions:
            parted.setdefault(said.identifiers.get(one.id, ()), []).append(one)
        for identifiers, mentions in parted.items():
            yield replace(cluster, identifiers=identifiers, mentions=mentions)


def _clusters(mentions: Iterable[Mention]) -> list[Cluster]:
    """Return the name mentions by group and words, in order of first mention.

    Names of the same words but different legal forms are kept apart: they are two registered companies. One
    without a form then belongs to neither.
    """
    found: dict[tuple[str, Words], list[Mention]] = {}
    for mention in mentions:
        kind = group(mention.schema)
        own = words(mention.normal or mention.name, kind) if mention.kind == "name" else ()
        if own and not _names_nobody(mention, own):
            found.setdefault((kind, own), []).append(mention)
    clusters: list[Cluster] = []
    for (kind, own), members in found.items():
        forms = {legal_form(one.name) for one in members} if kind == "Organization" else {()}
        if len(forms - {()}) <= 1:
            clusters.append(Cluster(kind, own, mentions=members))
            continue
        for form in sorted(forms):
            alike = [one for one in members if legal_form(one.name) == form]
            clusters.append(Cluster(kind, own, form=form, mentions=alike))
    return clusters


def _mailboxes(mentions: Iterable[Mention], boxes: Mapping[str, str]) -> list[Cluster]:
    """Return a cluster for each address of the headers, with the names that it is shown with.

    Its words are those of the fullest name; none where only the address stands there.
    """
    by_address: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.id in boxes:
            by_address.setdefault(boxes[mention.id], []).append(mention)
    found = []
    for address, members in by_address.items():
        names = [one for one in members if one.kind == "name"]
        kind = group(_schema(names)) if names else ""  # of no group: anybody may own it
        fullest = words(_fullest(names), kind) if names else ()
        found.append(Cluster(kind, fullest, email=address, mentions=members))
    return found


def _bearers(clusters: list[Cluster], shown: list[Cluster]) -> Iterator[tuple[int, Cluster]]:
    """Yield the clusters whose name is that of just one mailbox of the document, with that mailbox."""
    by_words: dict[Words, list[Cluster]] = {}
    for box in shown:
        by_words.setdefault(box.words, []).append(box)
    for cluster in clusters:
        bearers = by_words.get(cluster.words, [])
        if len(bearers) == 1 and cluster.group in {bearers[0].group, "Thing"}:
            yield id(cluster), bearers[0]


def _names_nobody(mention: Mention, own: Words) -> bool:
    """Say whether a name is an adjective ("Russian"), a party of a form ("Buyer"), a post or a legal form."""
    if mention.schema in {None, "Thing"} and (mention.country is not None or len("".join(own)) == 1):
        return True
    if len(own) == 1 and own[0] in word_list("party_words") | word_list("regions"):
        return True
    if mention.schema == "Person":
        return (word_list("posts") | word_list("party_words")).issuperset(own)
    return group(mention.schema) == "Organization" and is_form(own)


def _id(root: Cluster) -> str:
    if root.email is not None:
        return make_id("entity", "mailbox", root.email)
    return make_id("entity", root.group, _key(root), *root.identifiers)


def _key(root: Cluster) -> str:
    return " ".join((*root.words, *root.form)) or root.email or ""


def _root(cluster: Cluster, into: dict[int, Cluster]) -> Cluster:
    seen = {id(cluster)}
    while (following := into.get(id(cluster))) is not None and id(following) not in seen:
        cluster = following
        seen.add(id(cluster))
    return cluster


def _resolved(
    root: Cluster, members: list[Cluster], document: str, outer: Cluster | None, said: Said
) -> Iterator[Resolved]:
    entity = _id(root)
    mentions = [mention for cluster in members for mention in cluster.mentions]
    named = [mention for mention in mentions if mention.kind == "name"]
    schema = _schema(named) if named else "LegalEntity"
    name = _fullest([one for one in root.mentions if one.kind == "name"] or root.mentions)
    for mention in mentions:
        yield Resolved(
            mention=mention.id,
            document=document,
            entity=entity,
            schema=schema,
            name=name,
            spelling=fold_blanks(mention.name),
            country=mention.country,
            group=root.group,
            key=_key(root),
            short_of=_id(outer) if outer is not None else None,
            email=root.email,
            identifiers=said.identifiers.get(mention.id, ()),
            alias=said.aliases.get(mention.id),
        )


def _schema(mentions: list[Mention]) -> str:
    """Return the most frequent schema, of equals the most specific."""
    counts = Counter(mention.schema or "Thing" for mention in mentions)
    order = {schema: rank for rank, schema in enumerate(_SPECIFIC)}
    return min(counts, key=lambda schema: (-counts[schema], order.get(schema, len(order)), schema))


def _fullest(mentions: list[Mention]) -> str:
    """Return the spelling with the most words, then letters, then the most frequent, then by alphabet."""
    counts = Counter(fold_blanks(mention.normal or mention.name) for mention in mentions)
    return min(counts, key=lambda name: (-len(name.split()), -_letters(name), -counts[name], name))


def _letters(name: str) -> int:
    return sum(char.isalnum() for char in name)


STAGE: Stage[Parsed, Resolved] = Stage("resolve", VERSION, (Resolved,), resolve)
