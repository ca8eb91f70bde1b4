"""What the pipeline makes of made files: documents, claims, derivations, corroborations."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from casegraph.model import CLAIM_ROLES, Claim, Corroboration, Derivation, Page
from casegraph.pipeline.case import temporary_case


@dataclass(frozen=True, slots=True)
class Traced:
    """A case as built; documents go by the names of their files."""

    names: dict[str, str]  # file by id of its document
    pages: dict[str, tuple[Page, ...]]  # by file
    claims: dict[str, Claim]  # by id
    derivations: tuple[Derivation, ...]
    corroborations: tuple[Corroboration, ...]

    def prose(self) -> dict[str, str]:
        """Return the words of each file on which claims may rest."""
        return {
            file: "\n".join(
                page.text[block.start : block.end]
                for page in pages
                for block in page.blocks
                if block.role in CLAIM_ROLES
            )
            for file, pages in self.pages.items()
        }


def traced(files: Mapping[str, str]) -> Traced:
    """Build a case of files, by name, and return what was found in it."""
    with tempfile.TemporaryDirectory(prefix="casegraph-gate-") as folder, temporary_case() as case:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content.encode())
        case.add([folder])
        case.build()
        names = {row.id: Path(row.names[0]).name for row in case.documents() if row.names}
        pages: dict[str, list[Page]] = {name: [] for name in names.values()}
        for page in case.pages():
            pages[names[page.document]].append(page)
        return Traced(
            names,
            {name: tuple(own) for name, own in pages.items()},
            {claim.id: claim for claim in case.claims()},
            tuple(case.derivations()),
            tuple(case.corroborations()),
        )
