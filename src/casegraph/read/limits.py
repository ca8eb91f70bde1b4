"""How much of one document is read. Beyond a limit the first part is kept and a Problem says so."""

from __future__ import annotations

from typing import Final

MAX_CHARACTERS: Final = 20_000_000
"""Code points of text kept of one document."""

MAX_PAGE: Final = 200_000
"""Code points of one stored page; longer text without pages of its own goes on to the next page."""

MAX_PAGES: Final = 20_000
"""Pages read of one document that has pages of its own."""

MAX_MARKUP: Final = 20_000_000
"""Code points of HTML mark-up that are parsed; lxml needs about ten times that in memory."""

MAX_ARTICLE: Final = 4_000_000
"""Code points of HTML mark-up up to which the article is looked for; above it only sentences are told
from links."""

MAX_LINES: Final = 3_000
"""Lines or blocks up to which a text is laid out like a page or a letter (0.4 ms a line); above it is a
book, a log or a list, and each line stays what it is."""

MAX_BLOCKS: Final = 200_000
"""Blocks of one document. Shorter lines than those of such a text are put together."""

MAX_LINKS: Final = 10_000
"""Outgoing links kept of one document."""

MAX_VALUES: Final = 200
"""Values kept of one metadata key, and keys kept of one document."""

MAX_VALUE: Final = 4_000
"""Code points kept of one metadata value or title."""

MAX_PARTS: Final = 1_000
"""Parts looked at in one mail message."""

MAX_UNPACKED: Final = 100_000_000
"""Bytes that the XML parts of one packed office document may come to; a tree takes eight times that."""

MAX_RATIO: Final = 300
"""Unpacked size over packed size of one packed part above which it is taken for a bomb.
Harmless OOXML reaches 100 and more (repeated table rows), hence not lower."""

MAX_PIXELS: Final = 150_000_000
"""Pixels of one image: A3 at 900 dpi. In shades of grey and a copy or two, half a gigabyte."""

MAX_CHILDREN: Final = 100_000
"""Documents taken out of one container."""

MAX_CHILD: Final = 512 << 20
"""Bytes of one document inside a container: it is held in memory once on its way to the store."""

MAX_OUTPUT_RATIO: Final = 200
"""Unpacked bytes over packed ones of a whole container above which it is taken for a bomb; text packs to a
twentieth at best, logs and tables now and then to a hundredth."""

HARMLESS_OUTPUT: Final = 1 << 30
"""Bytes up to which a container may unpack whatever its ratio."""
