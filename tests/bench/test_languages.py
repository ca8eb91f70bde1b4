from __future__ import annotations

from pathlib import Path

import pytest

from casegraph.bench import languages
from casegraph.errors import UsageError
from casegraph.extract.lang.ru import RUSSIAN


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_pages_are_made_of_the_sentences_of_a_language(language: str, root: Path) -> None:
    pages = languages.made(root / "gold", language, 2)
    assert len(pages) == 2 + languages.WARM
    assert pages == languages.made(root / "gold", language, 2)
    assert all("<" not in page for page in pages)
    assert len(set(pages)) == len(pages)


def test_a_folder_without_sentences_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no sentences"):
        languages.made(tmp_path, "ru", 1)


@pytest.mark.slow
@pytest.mark.parametrize("kind", languages.WORK)
@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_the_work_that_is_measured_runs(kind: str, language: str, root: Path) -> None:
    languages.WORK[kind][language](languages.made(root / "gold", language, 1)[0])


@pytest.mark.slow
def test_russian_texts_parsed_together_come_out_as_each_by_itself(root: Path) -> None:
    texts = [part for page in languages.made(root / "gold", "ru", 2) for part in page.split("\n\n")]
    texts.insert(1, "")
    assert list(RUSSIAN.analyse(texts)) == [next(iter(RUSSIAN.analyse([text]))) for text in texts]
