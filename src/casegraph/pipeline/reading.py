"""The part of a case that shows a document as it came: its bytes, its pages as pictures, what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from casegraph.errors import CaseDamagedError, UsageError
from casegraph.model import Child, Document, Mention, Page
from casegraph.pipeline.opened import Opened

if TYPE_CHECKING:
    from casegraph.pipeline.reports import DocumentView
    from casegraph.store.holdings import Kin

PICTURED = 1_400
"""Pixels across of a page's picture."""


class Reading(Opened):
    """What `Case` can do with one document; see there."""

    def document_id(self, document: str) -> str:
        """Return the id that a name, an id or its beginning means; raises UsageError for none or several."""
        return self._query.document(document)

    def document(self, document: str) -> DocumentView:
        """Return a document (id, unique prefix or name) with pages and claims; raises as `document_id`."""
        from casegraph.pipeline.views import document_view  # noqa: PLC0415 - a command loads what it uses

        return document_view(self._ground, self._query, self._query.document(document))

    def children(self, document: str) -> Iterator[Child]:
        """Yield what a document holds as documents of their own: attachments, files of an archive."""
        return self._query.records(Child, self._query.document(document))

    def held_in(self, document: str) -> list[Kin]:
        """Return where a document (id) lies in containers that are documents themselves."""
        return self._ground.holdings.kin(document, document + "\0").get(document, [])

    def named_on(self, page: Page) -> Iterator[tuple[Mention, str | None]]:
        """Yield what was found on a page, in order, with the id of the entity that a name is of."""
        from casegraph.store.layout import prefix_of  # noqa: PLC0415 - a command loads what it uses

        bits = len(self._ground.buckets()[0])
        entities = self._query.resolved(prefix_of(page.document, bits), [page.document])
        for mention in self._query.records(Mention, page.document):
            if mention.target.page == page.number:
                yield mention, entities.get(mention.id)

    def original(self, document: str) -> Path | bytes:
        """Return where the bytes of a document (id) lie, or these where they lie in an object store.

        They are hashed before. Raises CaseDamagedError where they are gone or others than were added.
        """
        from casegraph.store.originals import AlteredError  # noqa: PLC0415 - a command loads what it uses

        try:
            for place in (self._ground.originals, self._ground.unpacked):
                if place.has(document):
                    if place.remote:
                        return place.read(document)
                    place.check(document)
                    return place.path(document)
        except AlteredError:
            raise CaseDamagedError("the bytes are no longer those that were added") from None
        except OSError:
            raise CaseDamagedError("the bytes of this document cannot be read") from None
        raise CaseDamagedError("the bytes of this document are gone; add the file again, or build")

    def picture(self, document: str, page: int, *, width: int = PICTURED) -> bytes:
        """Return a page (of a document's id) as its document shows it: WebP, `width` pixels across.

        It is drawn by a process that can reach neither files nor network. Raises UsageError where the format
        has no pictures of pages or the page cannot be drawn.
        """
        from casegraph.pipeline.painter import Order  # noqa: PLC0415 - a command loads what it uses
        from casegraph.pipeline.pictures import KEEP, paint  # noqa: PLC0415 - a command loads what it uses

        found = next(self._query.records(Document, document), None)
        if found is None or not has_pictures(found):
            raise UsageError("that document has no pages to be seen")
        key = document, page, width
        data = KEEP.get(key)
        if data is None:
            place = self.original(document)
            order = Order(
                own="",
                memory=self.settings.memory_limit << 20,
                data=place if isinstance(place, bytes) else place.read_bytes(),
                media_type=found.media_type,
                number=page,
                width=width,
                passwords=self.settings.passwords,
            )
            data = paint(order)
            KEEP.put(key, data)
        if not data:
            raise UsageError("the page cannot be drawn")
        return data


def has_pictures(document: Document) -> bool:
    """Say whether the pages of a document can be seen as it shows them."""
    from casegraph.read.picture import DRAWN  # noqa: PLC0415 - a command loads what it uses

    return document.media_type in DRAWN
