"""Which text is Chinese, and what of its layout and script reaches the tagger."""

from __future__ import annotations

import subprocess
import sys

from casegraph.extract.lang.han import is_chinese, sentences, simplified, squeeze
from casegraph.extract.lang.zh import analyse_text
from casegraph.extract.passages import passages
from casegraph.model import Parse, unpack
from tests.extract.made import run, unit


def parses(text: str, language: str | None = None) -> dict[str, Parse]:
    return {one.language: one for one in run(unit(text, language=language)) if isinstance(one, Parse)}


def test_japanese_and_korean_are_not_taken_for_chinese() -> None:
    assert is_chinese("该公司否认指控")
    assert not is_chinese("同社は疑惑を否定した")
    assert not is_chinese("회사는 의혹을 부인했다 會社")
    assert "zh" not in parses("同社は疑惑を否定した。東京で会議が開かれた。")


def test_a_short_chinese_block_of_an_english_document_is_chinese() -> None:
    assert set(parses("公司拒绝置评。", language="en")) == {"zh"}


def test_a_block_of_two_scripts_is_parsed_in_each() -> None:
    text = "The Seller shall deliver the goods. 卖方应向买方交付货物。The Buyer shall pay in ten days."
    found = parses(text, language="en")
    assert set(found) == {"en", "zh"}
    chinese = found["zh"]
    assert text[unpack(chinese.start)[0] : unpack(chinese.end)[-1]] == "卖方应向买方交付货物。"
    assert [text[a:b] for a, b in passages("Harrow 公司拒绝置评。")] == [text[0:14]]


def test_a_line_break_inside_a_word_does_not_hide_it() -> None:
    text = "深圳市恒海科\n技有限公司拒绝置评。"
    [found] = parses(text).values()
    assert text[unpack(found.start)[0] : unpack(found.end)[0]] == "深圳市恒海科\n技有限公司"
    assert squeeze("一\n二 \n abc") == ("一二 \n abc", [0, *range(2, 10)])


def test_traditional_characters_keep_their_places() -> None:
    text = "俄羅斯國防部在中國製造無人機。"
    found = analyse_text(text)
    assert [text[a:b] for a, b in zip(found.start, found.end, strict=True)][:2] == ["俄羅斯國防部", "在"]
    assert found.lemma[0] == "俄罗斯国防部"
    assert len(simplified(text)) == len(text)


def test_sentences_end_behind_closing_marks() -> None:
    text = "他说：“不。”她走了！……\n完"
    assert [text[a:b] for a, b in sentences(text)] == ["他说：“不。”", "她走了！", "……", "完"]


def test_the_model_is_not_loaded_by_asking_for_the_stage() -> None:
    code = "import sys, casegraph.extract; sys.exit('onnxruntime' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
