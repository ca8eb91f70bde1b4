"""One claim, entity or document, readable at a glance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from casegraph.cli.folding import Folded
from casegraph.cli.letters import header_rows, mails_table
from casegraph.cli.output import plural
from casegraph.cli.tables import Source, claims_table, problems_table
from casegraph.cli.terminal import put
from casegraph.model import Attribution, Claim, Page, Party, Target
from casegraph.pipeline.reports import ClaimView, DocumentView, EntityView
from casegraph.publish import phrases
from casegraph.publish.measures import amount, period, quantity
from casegraph.publish.trees import summary
from casegraph.text import printable, same_length

CONTEXT = 140
"""Characters shown around the passage, within its block."""

LONGEST = 2_000
"""Characters of a passage that are shown."""

DOCUMENTS = 20
"""Documents listed in an entity's card."""

CLAIMS = 50
"""Claims listed below an entity or a document."""

_LEVELS = {"origin": "said by", "relay": "reported by", "publisher": "published by"}

Row = tuple[str, Text]


def show_claim(view: ClaimView, console: Console) -> None:
    """Print a claim: its phrase, its words in their sentence, who says so, and where it stands."""
    claim = view.claim
    console.print(Text(claim.id, style="faint"))
    console.print(Text(phrases.what(claim), style="heading"))
    console.print()
    put(console, Padding(passage(claim, view.page), (0, 2)))
    if console.is_terminal:
        console.print(Padding(_legend(claim), (0, 2)))
    console.print()
    _fields(
        console,
        [*_attribution(claim), *_content(claim), *_behind(view), *_reviews(view), *_whereabouts(view)],
    )


def show_entity(view: EntityView, sources: Mapping[str, Source], console: Console) -> None:
    """Print an entity, its spellings, and the claims that name it."""
    entity = view.entity
    console.print(Text(entity.id, style="faint"))
    console.print(Text(printable(entity.name), style="heading"))
    console.print()
    rows = [
        ("schema", Text(entity.schema)),
        ("spellings", Text("; ".join(printable(name) for name in entity.names))),
        ("e-mail", Text("; ".join(printable(one) for one in entity.emails))),
        ("countries", Text(", ".join(entity.countries))),
        ("mentions", Text(f"{entity.mentions:,} in {len(entity.documents):,} of the documents")),
        ("documents", _documents(entity.documents, sources)),
    ]
    _fields(console, rows)
    _claims(view.claims, sources, console)


def _documents(documents: Sequence[str], sources: Mapping[str, Source]) -> Text:
    """Return the names of documents one below the other, in the order of `sources`, which is by name."""
    wanted = set(documents)
    names = [printable(source.name) for document, source in sources.items() if document in wanted]
    more = [f"\u2026 and {len(names) - DOCUMENTS:,} more"] if len(names) > DOCUMENTS else []
    return Text("\n".join(names[:DOCUMENTS] + more))


def show_document(view: DocumentView, console: Console) -> None:
    """Print a document's particulars, its problems and its claims."""
    row, read = view.row, view.row.document
    console.print(Text(row.id, style="faint"))
    title = (read.title if read else None) or row.names[0] if row.names else row.id
    console.print(Text(printable(title), style="heading"))
    console.print()
    paths = row.paths if len(row.paths) > len(row.names) else row.names
    file = "; ".join(printable(name) for name in paths)
    rows = [("file", Text(file)), ("size", Text(f"{row.size:,} bytes"))]
    if read is None:
        rows.append(("read", Text("not yet: the case is to be built", style="warning")))
    else:
        rows += [
            ("type", Text(printable(read.media_type))),
            ("by", Text("; ".join(printable(author) for author in read.authors))),
            ("publisher", Text(printable(read.publisher or ""))),
            ("published", Text(printable(period(read.published)) if read.published else "")),
            ("captured", Text(printable(period(read.captured)) if read.captured else "")),
            ("language", Text(read.language or "")),
            ("address", Text(printable(read.url or ""))),
            ("pages", Text(f"{read.pages:,}")),
        ]
    rows += [("added", Text(row.added)), ("mentions", Text(f"{row.mentions:,}"))]
    if read is not None and row.thread is not None:
        rows += header_rows(read.metadata)
    _fields(console, rows)
    if len(view.thread) > 1 and row.thread is not None:
        console.print()
        head = f"conversation of {len(view.thread):,} mails, {row.thread.id[:15]}"
        console.print(Text(head, style="heading"))
        put(console, mails_table(view.thread, row.id))
    if view.problems:
        console.print()
        problems_table(console, view.problems, head=True)
    _claims(view.claims, {row.id: Source(name=row.id, pages=read.pages if read else 1)}, console)


def passage(claim: Claim, page: Page) -> Text:
    """Return the claim's evidence on the page, with speaker, cue, content and roles standing out.

    The words before and after it in its block are faint; a passage in several places has ` … ` between.
    """
    spans = sorted((target.start, target.end) for target in claim.evidence if target.page == page.number)
    text = Text()
    for start, end in spans:
        low, high = _surroundings(page, start, end)
        cut = min(end, start + LONGEST)
        part = Text(same_length(page.text[low : cut if cut < end else high]))
        part.stylize("faint", 0, start - low)
        part.stylize("faint", end - low, high - low)
        for style, target in _styled(claim):
            if target.page == page.number and target.start < end and target.end > start:
                part.stylize(style, max(0, target.start - low), target.end - low)
        if text:
            text.append(" \u2026 ")
        text.append("\u2026" if low > _block_start(page, start) else "")
        text.append_text(part)
        text.append("\u2026" if cut < end or high < _block_end(page, end) else "")
    return text or Text(phrases.words(claim))


def _styled(claim: Claim) -> Iterator[tuple[str, Target]]:
    yield "content", claim.content_target
    for part in claim.content_continued:
        yield "content", part
    for party in claim.roles.values():
        for one in party if isinstance(party, tuple) else (party,):
            if one is not None:
                yield "role", one.target
    for link in claim.attribution:
        if link.speaker_target is not None:
            yield "speaker", link.speaker_target
        if link.cue_target is not None:
            yield "cue", link.cue_target


def _legend(claim: Claim) -> Text:
    legend = Text("\n")
    there = {style for style, _ in _styled(claim)}
    for style in (style for style in ("speaker", "cue", "content", "role") if style in there):
        legend.append(style, style=style)
        legend.append("  ")
    return legend


def _surroundings(page: Page, start: int, end: int) -> tuple[int, int]:
    """Return the passage widened by up to CONTEXT characters within its block, to whole words."""
    low = max(_block_start(page, start), start - CONTEXT)
    high = min(_block_end(page, end), end + CONTEXT)
    if low > _block_start(page, start):
        blank = page.text.find(" ", low, start)
        low = blank + 1 if blank >= 0 else low
    if high < _block_end(page, end):
        blank = page.text.rfind(" ", end, high)
        high = blank if blank >= 0 else high
    return low, high


def _block_start(page: Page, place: int) -> int:
    return max((block.start for block in page.blocks if block.start <= place < block.end), default=place)


def _block_end(page: Page, place: int) -> int:
    return min((block.end for block in page.blocks if block.start < place <= block.end), default=place)


def _attribution(claim: Claim) -> Iterator[Row]:
    for link in claim.attribution:
        yield _LEVELS[link.role], _link(link)
    if not any(link.role != "publisher" for link in claim.attribution):
        yield "", Text("in the document's own voice")
    words = phrases.stance(claim)
    if claim.polarity == "negative":
        words += ", that it is not so"
    if claim.direct_quote:
        words += ", word for word"
    yield "stance", Text(words)


def _link(link: Attribution) -> Text:
    text = Text()
    text.append(phrases.speaker(link), style="speaker")
    written = printable(link.speaker_target.exact) if link.speaker_target else ""
    if written and link.speaker and written.casefold() != link.speaker.casefold():
        text.append(f"  written \u201c{written}\u201d", style="faint")
    if link.cue:
        text.append("  ")
        text.append(printable(link.cue), style="cue")
    if link.basis:
        text.append(f"  on the basis of {printable(link.basis)}", style="italic")
    if link.entity:
        text.append(f"  {link.entity[:15]}", style="faint")
    return text


def _content(claim: Claim) -> Iterator[Row]:
    yield "kind", Text(claim.kind)
    for role, party in claim.roles.items():
        for one in party if isinstance(party, tuple) else (party,):
            yield role.replace("_", " "), _party(one)
    said = claim.qualifiers
    for head, value in (("quantity", said.quantity), ("share", said.share)):
        if value is not None:
            yield head, Text(quantity(value))
    if said.amount is not None:
        yield "amount", Text(amount(said.amount))
    if said.instrument:
        yield "instrument", Text(printable(said.instrument))
    if said.position:
        yield "position", Text(printable(said.position))
    for date in said.dates:
        yield "when", Text(f"{printable(period(date))}  \u201c{printable(date.text)}\u201d")
    for place in said.places:
        country = f" ({place.country})" if place.country else ""
        yield "where", Text(f"{printable(place.name)}{country}")


def _party(party: Party | None) -> Text:
    if party is None:
        return Text("not said", style="faint")
    text = Text()
    text.append(printable(party.name), style="role")  # a style of the whole text would colour the cell
    if party.schema:
        text.append(f"  {party.schema}")
    if party.target.exact != party.name:
        text.append(f"  written \u201c{printable(party.target.exact)}\u201d", style="faint")
    if party.entity:
        text.append(f"  {party.entity[:15]}", style="faint")
    return text


def _behind(view: ClaimView) -> Iterator[Row]:
    one = view.backed
    if one is None:
        return
    where = f"said {plural(one.claims, 'time')} in {plural(one.documents, 'document')}"
    text = Text(f"{summary(one.independent, one.undetermined)}; {where}")
    if one.single_unnamed:
        text.append("; all by way of one unnamed source", style="warning")
    if one.contradicted:
        text.append("; contradicted", style="failure")
    yield "rests on", text


def _reviews(view: ClaimView) -> Iterator[Row]:
    """Yield what people say of a claim, and how the machine had read it where they read it otherwise."""
    said = view.reviewed
    for one in said.words if said is not None else ():
        if one.aspect == "verdict":
            who = f"{one.pen_name or '?'}, {one.made[:10]}"
            why = f": {printable(one.note)}" if one.note else ""
            style = "failure" if one.value == "rejected" else "heading"
            yield "review", Text(one.value, style=style).append(f" ({printable(who)}){why}", style="")
    if view.read is not None:
        yield "was read as", Text(phrases.what(view.read))
    if said is not None and said.tags:
        yield "tags", Text(printable(", ".join(said.tags)))
    if said is not None and said.note:
        yield "remark", Text(printable(said.note))


def _whereabouts(view: ClaimView) -> Iterator[Row]:
    document, place, made = view.document, view.claim.content_target, view.claim.made_by
    yield "document", Text("; ".join(printable(name) for name in view.names) or document.id)
    if document.title:
        yield "title", Text(printable(document.title))
    published = period(document.published) if document.published else ""
    origin = ", ".join(printable(part) for part in (document.publisher or "", published) if part)
    if origin:
        yield "published", Text(origin)
    yield "page", Text(f"{place.page}, characters {place.start:,} to {place.end:,}")
    yield "original", Text(document.id, style="faint")
    yield "made by", Text(f"{made.extractor}, version {made.version}, score {made.score:.2f}", style="faint")
    if made.model:
        words = f"{printable(made.model)}, a language model; no source, and nobody has checked it"
        yield "read by", Text(words, style="warning")


def _fields(console: Console, rows: list[Row]) -> None:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(style="faint", no_wrap=True)
    table.add_column(overflow="fold")
    for head, value in rows:
        if value.plain:
            table.add_row(head, value)
    put(console, table)


def _claims(claims: tuple[Claim, ...], sources: Mapping[str, Source], console: Console) -> None:
    console.print()
    folded = Folded(claims)
    shown = list(folded)
    if not claims:
        console.print(Text("No claims.", style="faint"))
    if shown:
        claims_table(sources)(console, shown[:CLAIMS], head=True)
    if len(shown) > CLAIMS:
        console.print(Text(f"\u2026 and {len(shown) - CLAIMS:,} more", style="faint"))
    if folded.hidden:
        words = f"{plural(folded.hidden, 'statement')} in the document's own voice not shown"
        console.print(Text(words, style="faint"))
