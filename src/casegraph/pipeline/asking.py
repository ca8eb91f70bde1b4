"""Asking a language model about the pages of a case, each passage once; builds use what it answered.

This is the only place where what a page says is sent anywhere, and only because a person named where to. A
build asks nobody: it takes the answers from the journal, so that it gives the same however often it runs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from dataclasses import replace as replace_fields
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from casegraph.errors import CasegraphError
from casegraph.model import Answer, Failure, Page, PassageRead, passage_digest
from casegraph.pipeline.opened import Opened
from casegraph.pipeline.question import answer_key, passages, prompt_digest
from casegraph.pipeline.reports import AskReport, Progress
from casegraph.store.journal import Journal, now

if TYPE_CHECKING:
    from casegraph.pipeline.endpoint import Endpoint, Reply

PATIENCE = 3
"""Passages in a row that a server leaves without any answer before no more are asked."""

_SILENT = frozenset({"answer-timed-out", "answer-unreachable"})


@dataclass(frozen=True, slots=True)
class ModelServer:
    """A server of language models, and how it is asked; address and model are the settings' where empty.

    `allow` names its host, with its port if the address has one, where it is not this machine. `key` is sent
    as bearer token. `timeout` is in seconds, for a whole answer; `retries` are tries beyond the first.
    """

    url: str = ""
    model: str = ""
    allow: str = ""
    key: str = field(default="", repr=False)
    timeout: float = 120.0
    retries: int = 2


class Asking(Opened):
    """What `Case` can do with a language model; see there."""

    def ask(
        self,
        server: ModelServer | None = None,
        *,
        document: str | None = None,
        limit: int | None = None,
        again: bool = False,
        progress: Progress | None = None,
    ) -> AskReport:
        """Ask a model for the names and claims of the pages, passage by passage; the next build uses them.

        What the same model was asked before in the same words is not asked again; `again` asks what it failed
        to answer. At most `limit` passages are asked. Raises UsageError for an address that is not allowed,
        CasegraphError when the server cannot be reached, refuses the first question or falls silent; any
        other failure is a problem of the document.
        """
        from casegraph.pipeline.endpoint import Endpoint  # noqa: PLC0415 - few cases ask anybody

        given = server or ModelServer()
        asked = Endpoint(
            replace_fields(
                given,
                url=given.url or self.settings.ask_endpoint,
                model=given.model or self.settings.ask_model,
            )
        )
        chosen = None if document is None else self._query.document(document)
        run = _Run(self._journal, asked, again=again)
        return run.over(lambda: self._query.records(Page, chosen), limit, progress)


class _Run:
    """One run over pages: what is known, what is asked, what comes of it."""

    def __init__(self, journal: Journal, server: Endpoint, *, again: bool) -> None:
        self._journal, self._server, self._again = journal, server, again
        self._failed: Counter[str] = Counter()
        self._known = self._answered = self._left = self._names = self._claims = 0
        self._silent = 0  # passages in a row without any answer
        self._placed: tuple[str, set[tuple[int, int, int, str]]] = ("", set())  # of one document

    def over(
        self, pages: Callable[[], Iterator[Page]], limit: int | None, progress: Progress | None
    ) -> AskReport:
        """Ask about all pages, or the first `limit` passages that are not known."""
        keys = (self._question(page, *span).key for page in pages() for span in passages(page))
        unknown = len({key for key in keys if self._held(key) is None})
        total = unknown if limit is None else min(limit, unknown)
        asked = 0
        for page in pages():
            for span in passages(page):
                question = self._question(page, *span)
                held = self._held(question.key)
                if held is not None:
                    self._known += 1
                    self._place(replace(question, body=held[0], failure=held[1]))
                elif asked == total:
                    self._left += 1
                else:
                    asked += 1
                    self._ask(question, page.text[slice(*span)], first=asked == 1)
                    if progress is not None:
                        progress("ask", asked, total)
        return AskReport(
            known=self._known, answered=self._answered, failed=dict(sorted(self._failed.items())),
            left=self._left, names=self._names, claims=self._claims,
        )  # fmt: skip

    def _question(self, page: Page, start: int, end: int) -> Answer:
        """Return an answer that holds nothing yet."""
        text = page.text[start:end]
        model = self._server.server.model
        return Answer(
            key=answer_key(model, text), document=page.document, page=page.number, start=start, end=end,
            passage=passage_digest(text), model=model, prompt=prompt_digest(),
        )  # fmt: skip

    def _held(self, key: str) -> tuple[str, Failure] | None:
        """Return what the journal holds of a question, None where it is to be asked."""
        held = self._journal.answered(key)
        return None if held is None or (held[1] and self._again) else held

    def _place(self, answer: Answer) -> None:
        """Note that a passage with a known answer stands in this document, too."""
        if self._placed[0] != answer.document:
            own = self._journal.answers([answer.document])
            self._placed = (answer.document, {(one.page, one.start, one.end, one.key) for one in own})
        if (answer.page, answer.start, answer.end, answer.key) not in self._placed[1]:
            self._journal.answer(answer, self._server.address, now())

    def _ask(self, question: Answer, text: str, *, first: bool) -> None:
        reply = self._server.ask(text)
        self._silent = self._silent + 1 if reply.failure in _SILENT else 0
        if first and reply.failure in {"answer-unreachable", "answer-refused"}:
            raise CasegraphError(self._unheard(reply))
        answer = replace(question, body=reply.body, failure=reply.failure)
        self._journal.answer(answer, self._server.address, now())
        if reply.failure:
            self._failed[reply.failure] += 1
        else:
            read = msgspec.json.decode(reply.body, type=PassageRead)
            self._answered += 1
            self._names += len(read.names)
            self._claims += len(read.claims)
        if self._silent >= PATIENCE:
            raise CasegraphError(
                f"the server has given no answer to {PATIENCE} passages in a row, so no more were asked; "
                f"{self._answered} answers are kept: ask again when it works"
            )

    def _unheard(self, reply: Reply) -> str:
        if reply.status is None:
            return f"the server at {self._server.address} cannot be reached, or ends the connection"
        why = {
            401: "it wants a key (--key-variable)",
            403: "it wants a key (--key-variable)",
            404: f"has it the model {self._server.server.model!r}, and is the address right?",
            400: "does it know response_format with json_schema?",
        }.get(reply.status, "nothing was asked")
        return f"the server at {self._server.address} refused the first question, HTTP {reply.status}: {why}"
