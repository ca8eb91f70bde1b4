"""Who says what, and who did what with whom, in Chinese."""

from __future__ import annotations

import pytest

from tests.attribute.chinese.made import claims_of, kinds, said
from tests.attribute.made import attributed, chain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "港务局局长陈立言对媒体表示，三号码头从未停泊过该船，并称有关指控毫无根据。",
            [
                ("港务局局长陈立言", "表示", "三号码头从未停泊过该船", "asserts"),
                ("港务局局长陈立言", "称", "有关指控毫无根据", "asserts"),
            ],
        ),
        (
            "“我们没有出售导弹，”王秀兰说，“这是谎言。”",
            [("王秀兰", "说", "“我们没有出售导弹，” | “这是谎言。”", "asserts")],
        ),
        ("他告诉记者：“我一无所知。”", [("他", "告诉", "“我一无所知。”", "asserts")]),
        ("东盛重工否认参与该项目。", [("东盛重工", "否认", "参与该项目", "denies")]),
        ("东盛重工没有回应记者的提问。", [("东盛重工", "没有回应", "记者的提问", "declines-comment")]),
        ("国防部拒绝置评。", [("国防部", "拒绝", "置评", "declines-comment")]),
        ("财政部长呼吁各国停止出售芯片。", [("财政部长", "呼吁", "各国停止出售芯片", "orders")]),
        ("据悉，新厂占地五百亩。", [(None, "据悉", "新厂占地五百亩", "asserts")]),
        ("据称，新厂占地五百亩。", [(None, "据称", "新厂占地五百亩", "alleges")]),
        ("他没有透露买家的身份。", [("他", "没有透露", "买家的身份", "declines-comment")]),
        ("国防部未予置评。", [("国防部", "未予", "置评", "declines-comment")]),
        ("工会促请政府公布报告。", [("工会", "促请", "政府公布报告", "orders")]),
        ("议员王秀兰质疑合同为何没有招标。", [("议员王秀兰", "质疑", "合同为何没有招标", "asks")]),
        ("调查局指出，该商人涉嫌伪造证明。", [("调查局", "指出", "该商人涉嫌伪造证明", "asserts")]),
        ("红灯表示设备处于待机状态。", []),
        ("这种鱼被当地人称为水老虎。", []),
        ("本通报自发布之日起废止原办法。", []),
        ("他回应得很快。", []),
        ("分析人士指出，此举将影响整个行业。", [("分析人士", "指出", "此举将影响整个行业", "predicts")]),
    ],
)
def test_who_says_what(text: str, expected: list[tuple[str | None, str, str, str]]) -> None:
    assert said(text) == expected


def test_whoever_is_cited_stands_before_whoever_cites() -> None:
    claims = attributed(claims_of("据《晨报》援引两名消息人士报道，东盛重工购买了四十台发动机。"))
    chains = sorted((chain(claim)[:-1] for claim in claims), key=len)
    assert chains == [["晨报"], ["两名消息人士", "晨报"]]
    inner = max((claim.attribution for claim in claims), key=len)[0]
    assert inner.unnamed
    assert inner.count is not None
    assert (inner.count.minimum, inner.count.maximum) == (2, 2)


@pytest.mark.parametrize(
    "text", ["会议持续了三个小时，随后代表团前往机场。", "办公室的灯还亮着，但没有人开门。", ""]
)
def test_nothing_is_put_in_a_mouth_where_nobody_speaks(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("东盛重工是北方集团的全资子公司。", ("ownership", "北方集团", "东盛重工")),
        ("李大海的妻子周敏是医生。", ("family", "李大海", "周敏")),
        (
            "海王科技有限公司向东盛重工支付了三百万美元。",
            ("payment", "海王科技有限公司", "东盛重工"),
        ),
        ("美国财政部将东盛重工列入制裁名单。", ("sanction", "美国财政部", "东盛重工", "制裁名单")),
        ("海王科技有限公司向北方集团交付了无人机。", ("delivery", "海王科技有限公司", "北方集团", "无人机")),
        ("“飞鹰-3”无人机由东盛重工研制。", ("production", "东盛重工", "无人机")),
        ("李大海在莫斯科会见了伊万诺夫。", ("event", "会见", "李大海", "伊万诺夫")),
    ],
)  # fmt: skip
def test_who_did_what_with_whom(text: str, expected: tuple[str, ...]) -> None:
    assert expected in kinds(text)
