"""Dates, sums and quantities of Chinese."""

from __future__ import annotations

import pytest

from casegraph.model import Mention
from tests.extract.made import run, unit


def found(text: str) -> dict[str, str]:
    """Return each mention's words with its value; the document is of Wednesday, 25 September 2024."""
    values = {}
    for one in run(unit(text, language="zh")):
        if isinstance(one, Mention) and one.kind != "name":
            side = one.date and f"{one.date.start}/{one.date.end}"
            money = one.amount and f"{one.amount.minimum}/{one.amount.maximum}/{one.amount.currency}"
            much = one.quantity and f"{one.quantity.minimum}/{one.quantity.maximum}/{one.quantity.unit}"
            values[one.name] = side or money or much or one.normal or ""
    return values


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("会议于二〇二四年九月二十七日举行。", "二〇二四年九月二十七日", "2024-09-27/2024-09-28"),
        ("公司成立于2021年3月。", "2021年3月", "2021-03-01/2021-04-01"),
        ("他9月20日抵达。", "9月20日", "2024-09-20/2024-09-21"),
        ("他去年离职。", "去年", "2023-01-01/2024-01-01"),
        ("今年3月交付。", "今年3月", "2024-03-01/2024-04-01"),
        ("上周四会面。", "上周四", "2024-09-19/2024-09-20"),
        ("他昨日表示不知情。", "昨日", "2024-09-24/2024-09-25"),
        ("他周二表示不知情。", "周二", "2024-09-24/2024-09-25"),
        ("2023年第一季度交付。", "2023年第一季度", "2023-01-01/2023-04-01"),
        ("今年上半年亏损。", "今年上半年", "2024-01-01/2024-07-01"),
        ("2022年至2023年间交付。", "2022年至2023年", "2022-01-01/2024-01-01"),
        ("上世纪90年代成立。", "上世纪90年代", "1990-01-01/2000-01-01"),
        ("本月初签约。", "本月初", "2024-09-01/2024-10-01"),
        ("三年前离职。", "三年前", "2021-01-01/2022-01-01"),
        ("總價為一百二十五萬美元。", "一百二十五萬美元", "1250000.0/1250000.0/USD"),
        ("支付约910万元人民币。", "约910万元人民币", "9100000.0/9100000.0/CNY"),
        ("超过1.25亿卢布。", "超过1.25亿卢布", "125000000.0/None/RUB"),
        ("支付￥3,000,000元。", "￥3,000,000元", "3000000.0/3000000.0/CNY"),
        ("价格为500至800万欧元。", "500至800万欧元", "5000000.0/8000000.0/EUR"),
        ("供应了至少七架无人机。", "至少七架", "7.0/None/item"),
        ("交付了十多台发动机。", "十多台", "10.0/None/item"),
        ("航程超过2000公里。", "超过2000公里", "2000.0/None/km"),
        ("持有百分之五十一的股份。", "百分之五十一", "51.0/51.0/%"),
        ("占三成。", "三成", "30.0/30.0/%"),
        ("需时三个月。", "三个月", "3.0/3.0/mo"),
        ("收购了三分之二的股权。", "三分之二", "66.6667/66.6667/%"),
    ],
)
def test_value(text: str, words: str, value: str) -> None:
    assert found(text).get(words) == value, found(text)


@pytest.mark.parametrize("text", ["一家公司拒绝置评。", "第三条规定如下。", "一名官员否认。", "万一失败呢？"])
def test_no_number(text: str) -> None:
    assert found(text) == {}
