"""From the names of one document to entities. Names of different documents meet by their entity's id.

A wrong merge puts words in the wrong mouth, a missed one only leaves two names where one would do: whatever
is ambiguous stays apart, and a person is never an organisation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from casegraph.model import Mention, Parsed, Resolved, make_id
from casegraph.resolve.aliases import Cluster, introduced, outer_name, shortened
from casegraph.resolve.names import Words, group, is_form, legal_form, word_list, words
from casegraph.stage import Stage
from casegraph.text import fold_blanks

VERSION = 2

_SPECIFIC = ("Company", "PublicBody", "Organization", "LegalEntity")


def resolve(parsed: Parsed) -> Iterator[Resolved]:
    """Yield the entity of each name mention that has a word in it."""
    clusters = _clusters(parsed.mentions)
    pages = {page.number: page for page in parsed.pages}
    into: dict[int, Cluster] = {}
    abbreviations: dict[tuple[str, str], set[int]] = {}
    by_id = {id(cluster): cluster for cluster in clusters}
    for short, cluster in introduced(clusters, pages):
        abbreviations.setdefault((cluster.group, short), set()).add(id(cluster))
    for cluster in clusters:
        meant = abbreviations.get((cluster.group, "".join(cluster.words)), set()) - {id(cluster)}
        if len(meant) == 1:
            into[id(cluster)] = by_id[meant.pop()]
    for few, many in shortened([cluster for cluster in clusters if id(cluster) not in into]):
        into[id(few)] = many
    gathered: dict[int, list[Cluster]] = {}
    for cluster in clusters:
        gathered.setdefault(id(_root(cluster, into)), []).append(cluster)
    roots = [by_id[root] for root in gathered]
    places = {cluster.words for cluster in clusters if cluster.group == "Address"}
    for root, members in gathered.items():
        outer = outer_name(by_id[root], roots, places)
        yield from _resolved(by_id[root], members, parsed.document.id, outer)


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
    return make_id("entity", root.group, _key(root))


def _key(root: Cluster) -> str:
    return " ".join((*root.words, *root.form))


def _root(cluster: Cluster, into: dict[int, Cluster]) -> Cluster:
    seen = {id(cluster)}
    while (following := into.get(id(cluster))) is not None and id(following) not in seen:
        cluster = following
        seen.add(id(cluster))
    return cluster


def _resolved(
    root: Cluster, members: list[Cluster], document: str, outer: Cluster | None
) -> Iterator[Resolved]:
    entity = _id(root)
    mentions = [mention for cluster in members for mention in cluster.mentions]
    schema = _schema(mentions)
    name = _fullest(root.mentions)
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
