"""Lists of registers, notices of award and judgments. People and companies are invented."""

from __future__ import annotations

import pytest

from tests.attribute.chinese.made import claims_of, kinds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("股东：盛昱投资（60%）、何曼青（40%）；企业名称：川屿茶业有限公司。",
         {("ownership", "盛昱投资", "川屿茶业有限公司"), ("ownership", "何曼青", "川屿茶业有限公司")}),
        ("名称：临江谷物有限公司\n法定代表人：马占海\n住所：临江市河滨路8号",
         {("directorship", "马占海", "临江谷物有限公司"),
          ("presence", "临江谷物有限公司", "临江市河滨路8号")}),
        ("中标人：禾木建工；招标人：青溪县教育局；项目：校舍加固工程。",
         {("contract", "青溪县教育局", "禾木建工", "校舍加固工程")}),
        ("原告：海棠置业有限公司。\n委托诉讼代理人：闫寒，铭正律师事务所律师。",
         {("representation", "闫寒", "海棠置业有限公司"), ("employment", "闫寒", "铭正律师事务所")}),
        ("公司类型：有限责任公司；经营期限：长期。", set()),
    ],
)  # fmt: skip
def test_lists(text: str, expected: set[tuple[str, ...]]) -> None:
    assert expected <= kinds(text)
    assert bool(kinds(text)) == bool(expected)


def test_each_owner_has_the_share_behind_the_name() -> None:
    found = claims_of("公司名称：汇川渔业有限公司。股东及出资比例：桑吉55%，渔民合作社45%。")
    owners = [claim for claim in found if claim.kind == "ownership"]
    shares = [claim.qualifiers.share for claim in owners]
    assert [share.minimum for share in shares if share is not None] == [55, 45]


def test_the_sum_of_an_award_belongs_to_its_contract() -> None:
    [claim] = [
        one for one in claims_of("招标人：凤翔区水务局；中标单位：安澜建设有限公司；中标金额：860万元。")
        if one.kind == "contract"
    ]  # fmt: skip
    assert claim.qualifiers.amount is not None
    assert (claim.qualifiers.amount.minimum, claim.qualifiers.amount.currency) == (8_600_000, "CNY")
