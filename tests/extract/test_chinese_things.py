"""Laws, products, events, offices and torn names in Chinese text; people and companies are invented."""

from __future__ import annotations

import pytest

from tests.extract.test_chinese_names import found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("民法典第五条作了规定。", {"民法典": "Thing"}),
        ("玄武6000处理器已量产。", {"玄武6000": "Asset"}),
        ("阿拉里克导弹尚未交付。", {"阿拉里克": "Asset"}),
        ("湖南舰驶入港口。", {"湖南舰": "Asset"}),
        ("货轮Silver Heron已离港。", {"Silver Heron": "Asset"}),
        ("买方：Kedra Optik GmbH。", {"Kedra Optik GmbH": "Company"}),
        ("零件由Velmar Instruments供应。", {"Velmar Instruments": "Company"}),
        ("中国国际航空博览会闭幕。", {"中国国际航空博览会": "Event"}),
        ("第一次世界大战后，工厂关闭。", {"第一次世界大战": "Event"}),
        ("泰国数字经济部拒绝置评。", {"泰国数字经济部": "PublicBody"}),
        ("第三十六研究所参与了设计。", {"第三十六研究所": "Organization"}),
        ("让-皮埃尔·莫罗没有出席。", {"让-皮埃尔·莫罗": "Person"}),
        ("伊万·彼得连科没有出席。", {"伊万·彼得连科": "Person"}),
        ("山本健一（Yamamoto）没有出席。", {"山本健一": "Person", "Yamamoto": "Person"}),
        ("李某、张某某被捕。", {"李某": "Person", "张某某": "Person"}),
        ("宏骏公司称，宏骏没有业务。", {"宏骏公司": "Company", "宏骏": "Company"}),
        ("微软收购了一家公司。", {"微软": "Company"}),
        ("他买入*ST宏盛5万股。", {"宏盛": "Company"}),
        ("永隆银行股份被收购。", {"永隆银行": "Company"}),
        ("俄军损失惨重，美军官员说。", {"俄军": "PublicBody", "美军": "PublicBody"}),
        ("公司注册于英属维尔京群岛。", {"英属维尔京群岛": "Address"}),
        ("被告人陈某犯走私罪。", {"陈某": "Person"}),
        ("《江风》周刊查阅了文件。", {"江风": "Organization"}),
        ("他通过香港壳公司付款。", {}),
        ("法院的院长没有出席，他学过刑法学。", {}),
        ("展览会和论坛都取消了。", {}),
        ("他击落了12架无人机。", {}),
    ],
)  # fmt: skip
def test_a_name_is_told_by_its_words_and_signs(text: str, expected: dict[str, str]) -> None:
    assert found(text) == expected


def test_a_name_that_ends_with_a_dot_makes_no_empty_one() -> None:
    assert "" not in found("穆罕默德·阿里·侯赛因在德黑兰被捕。")
