from __future__ import annotations

from pathlib import Path
from typing import cast

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegraph.errors import CasegraphError
from casegraph.model import Block, Claim, Page, Party, Target
from casegraph.pipeline.chain import before, keys, settings_digest
from casegraph.pipeline.check import admit, targets
from casegraph.pipeline.engine import ATTEMPTS, EmbeddedEngine, split
from casegraph.pipeline.guard import CHUNK, Guard
from casegraph.pipeline.tasks import At, Batch, Key, Merge, Setup, Work, frame
from casegraph.settings import Settings
from casegraph.store.held import Held
from casegraph.store.manifest import Outcome
from casegraph.testing import claim, mention, page
from tests.pipeline.stages import chain, next_chain

NEEDS = {name: Key(key="k", upstream="u", settings="s") for name in ("read", "extract")}


def batch(count: int, **blame: Outcome) -> Batch:
    works = [Work(document=f"d{n}", names=(), size=1, needs=NEEDS, blame=blame) for n in range(count)]
    return Batch(prefix="", works=tuple(works))


def names(parts: list[Batch]) -> list[list[str]]:
    return [[work.document for work in part.works] for part in parts]


def test_the_suspect_is_tried_alone() -> None:
    found = names(list(split(batch(4), At(index=2, stage="read", size=1), "worker-died")))
    assert found == [["d0", "d1"], ["d2"], ["d3"]]
    assert names(list(split(batch(4), None, "worker-died"))) == [["d0", "d1"], ["d2", "d3"]]
    assert names(list(split(batch(3), At(index=3, stage="", size=0), "worker-died"))) == [
        ["d0"],
        ["d1", "d2"],
    ]


def test_a_document_alone_is_to_blame() -> None:
    (again,) = split(batch(1), At(index=0, stage="extract", size=1), "time-limit")
    assert again.works[0].blame == {"extract": "time-limit"}
    (all_of_it,) = split(batch(1, read="worker-died"), At(index=1, stage="", size=0), "worker-died")
    assert set(all_of_it.works[0].blame) == {"read", "extract"}
    with pytest.raises(CasegraphError):
        list(split(all_of_it, None, "worker-died"))


@given(st.integers(1, 9), st.integers(-1, 9), st.sampled_from(["read", "extract", ""]))
def test_splitting_loses_no_document_and_comes_to_an_end(count: int, index: int, stage: str) -> None:
    left, rounds = [batch(count)], 0
    finished: list[str] = []
    while left:
        rounds += 1
        assert rounds < 200
        one = left.pop()
        if all(len(work.blame) == len(NEEDS) for work in one.works):
            finished += [work.document for work in one.works]
            continue
        at = At(index=min(index, len(one.works)), stage=stage, size=1) if index >= 0 else None
        parts = list(split(one, at, "worker-died"))
        again = [document for part in names(parts) for document in part]
        assert sorted(again) == sorted(work.document for work in one.works)
        left += parts
    assert sorted(finished) == sorted(f"d{n}" for n in range(count))


def held(*names: str) -> Held:
    return Held(document="sha256:a", names=names, own=names, size=1, added="2026-01-01T00:00:00Z")


def test_keys_follow_versions_settings_and_names() -> None:
    digests = settings_digest(chain(), Settings())
    one = keys(chain(), digests, held("x", "y"))
    assert one == keys(chain(), digests, held("y", "x"))
    later = keys(next_chain(), digests, held("x", "y"))
    changed = {name for name in one if one[name] != later[name]}
    assert changed == {"attribute"}
    other = keys(chain(), digests, held("x"))
    assert all(one[name].key != other[name].key for name in one)
    tuned = keys(chain(), digests | {"extract": "more"}, held("x", "y"))
    assert {name for name in one if one[name].key != tuned[name].key} == {"extract", "attribute", "resolve"}
    assert before(chain(), "attribute") == ["read", "extract", "attribute"]


def test_a_sound_claim_is_let_in_and_each_false_target_is_not() -> None:
    on = page("Anna Kern says that Orlan Works is shut.")
    sound = claim(on, "that Orlan Works is shut", roles={"subject": "Orlan Works"}, said_by=["Anna Kern"])
    pages = {1: on}
    assert admit(sound, on.document, pages) is None
    assert len(list(targets(sound))) == 4
    replaced = msgspec.structs.replace
    subject = sound.roles["subject"]
    assert isinstance(subject, Party)
    off = Target(document=on.document, page=1, start=1, end=5, exact="Anna")
    for false in (
        replaced(sound, evidence=(off,)),
        replaced(sound, evidence=()),
        replaced(sound, content_target=off),
        replaced(sound, content_continued=(off,)),
        replaced(sound, roles={"subject": replaced(subject, target=off)}),
        replaced(sound, attribution=(replaced(sound.attribution[0], speaker_target=off),)),
        replaced(sound, evidence=(replaced(off, page=2),)),
        replaced(sound, evidence=(Target(document="other", page=1, start=0, end=4, exact="Anna"),)),
        replaced(sound, evidence=(Target(document=on.document, page=1, start=-1, end=0, exact=""),)),
    ):
        problem = admit(false, on.document, pages)
        assert problem is not None
        assert (problem.code, problem.subject) == ("attribute.evidence-not-in-page", sound.id)
        assert "Anna" not in problem.detail


def test_furniture_and_other_documents_are_refused() -> None:
    on = page("Anna Kern says no.\n\nOtto says yes.", role="furniture")
    told = admit(claim(on, "Anna Kern says no"), on.document, {1: on})
    assert told is not None
    assert told.code == "attribute.evidence-in-furniture"
    other = admit(claim(on, "Anna Kern says no"), "sha256:other", {1: on})
    assert other is not None
    assert other.code == "attribute.wrong-document"


@given(st.text(min_size=1), st.integers(-3, 30), st.integers(-3, 30), st.text(max_size=4))
def test_no_claim_gets_in_whose_words_are_not_there(text: str, start: int, end: int, exact: str) -> None:
    own = "sha256:a"
    on = Page(
        id="p", document=own, number=1, text=text, blocks=(Block(start=0, end=len(text), role="paragraph"),)
    )
    words = Target(document=own, page=1, start=start, end=end, exact=exact)
    sound = claim(page("abc"), "abc")
    made: Claim = msgspec.structs.replace(
        sound, document=own, content_target=words, evidence=(words,), roles={}, attribution=()
    )
    let_in = admit(made, own, {1: on}) is None
    assert let_in == (0 <= start < end <= len(text) and text[start:end] == exact)


def test_a_mention_must_stand_in_its_page() -> None:
    on = page("Orlan Works")
    good = mention(on, "Orlan")
    assert admit(good, on.document, {1: on}) is None
    assert admit(good, on.document, {}) is not None


def test_frames_that_come_in_pieces_are_put_together(tmp_path: Path) -> None:
    own = str(tmp_path)
    guard = Guard(
        Setup(
            derived=own,
            originals=own,
            unpacked=own,
            work=own,
            chain="tests.pipeline.stages:chain",
            memory=4 << 30,
            output=1 << 30,
        )
    )
    try:
        data = frame(At(index=1, stage="read", size=5)) + frame(At(index=2, stage="x" * CHUNK, size=6))
        seen = []
        for at in range(0, len(data), 1000):
            guard._buffer += data[at : at + 1000]
            seen += guard._messages()
        assert [one.index for one in seen if isinstance(one, At)] == [1, 2]
    finally:
        guard.end()


class Dying:
    """A guard whose worker has died while it did a task."""

    ready, at = True, None

    def __init__(self, task: Merge) -> None:
        self.task = task
        self.ended = False

    def end(self) -> None:
        self.ended = True


def test_a_merge_whose_worker_died_is_done_again_but_not_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = EmbeddedEngine(tmp_path, Settings(), "tests.pipeline.stages:chain")
    monkeypatch.setattr(engine, "_dismiss", lambda guard: guard.end())
    task = Merge(stage="read", prefix="", sources=())
    for _ in range(ATTEMPTS - 1):
        assert engine._after_death(cast("Guard", Dying(task)), "worker-died") == [task]
    with pytest.raises(CasegraphError, match="build again"):
        engine._after_death(cast("Guard", Dying(task)), "worker-died")
    other = Merge(stage="extract", prefix="", sources=())
    assert engine._after_death(cast("Guard", Dying(other)), "worker-died") == [other]
