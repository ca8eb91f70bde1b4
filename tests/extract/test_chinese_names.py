"""Names and identifiers of Chinese; people and companies are invented."""

from __future__ import annotations

import pytest

from casegraph.model import Mention
from tests.extract.made import run, unit


def found(text: str, kind: str = "name") -> dict[str, str | None]:
    every = [one for one in run(unit(text, language="zh")) if isinstance(one, Mention) and one.kind == kind]
    return {one.name: one.schema or one.detector.partition(":")[2] for one in every}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("法国外交部发言人李明表示不知情。", {"法国外交部": "PublicBody", "李明": "Person"}),
        ("深圳市恒海通科技有限公司成立。恒海通拒绝置评。",
         {"深圳市恒海通科技有限公司": "Company", "恒海通": "Company"}),
        ("华星（集团）有限公司拒绝置评。", {"华星（集团）有限公司": "Company"}),
        ("专家来自中国电子科技集团公司第十四研究所。", {"中国电子科技集团公司第十四研究所": "Organization"}),
        ("他在七一九所工作。", {"七一九所": "Organization"}),
        ("库波尔（Kupol）总经理弗拉基米尔·伊万诺夫出席。",
         {"库波尔": "Organization", "Kupol": "Organization", "弗拉基米尔·伊万诺夫": "Person"}),
        ("扎哈罗娃说，俄罗斯不会让步。", {"扎哈罗娃": "Person", "俄罗斯": "Address"}),
        ("《环球时报》说，歼-20和翼龙-2已交付。",
         {"环球时报": "Organization", "歼-20": "Asset", "翼龙-2": "Asset"}),
        ("根据《反外国制裁法》，中国政府采取措施。", {"反外国制裁法": "Thing", "中国政府": "PublicBody"}),
        ("该公司生产“雪雁”无人机，参与“雪松”计划。", {"雪雁": "Asset", "雪松": "Project"}),
        ("地址为深圳市南山区科技路18号。", {"深圳市南山区科技路18号": "Address"}),
        ("发动机被运往伊热夫斯克。", {"伊热夫斯克": "Address"}),
        ("俄羅斯國防部與深圳恆銳科技有限公司簽約。",
         {"俄羅斯國防部": "PublicBody", "深圳恆銳科技有限公司": "Company"}),
        # an unknown brand before a word of trade; a common word there only where a firm must stand
        ("沂川机床向北礁船厂交货。", {"沂川机床": "Company", "北礁船厂": "Company"}),
        ("晟远船务拒绝置评。", {"晟远船务": "Company"}),
        ("巴图尔出任草原乳业董事长。", {"巴图尔": "Person", "草原乳业": "Company"}),
        ("他入职会计师事务所信衡。", {"信衡": "Organization"}),
        ("红罐包装很漂亮，社会资本也来了，年报显示亏损。", {}),
        ("商人奥列格·特鲁宁没有出席。", {"奥列格·特鲁宁": "Person"}),
        ("美国财政部将该公司列入名单。", {"美国财政部": "PublicBody"}),
        ("某公司拒绝置评。", {}),
        ("该公司的供应商没有回应。", {}),
    ],
)  # fmt: skip
def test_names(text: str, expected: dict[str, str]) -> None:
    assert found(text) == expected


def test_the_state_of_a_place_is_told() -> None:
    every = run(unit("他在莫斯科和深圳市工作。", language="zh"))
    assert {one.name: one.country for one in every if isinstance(one, Mention)} == {
        "莫斯科": "ru",
        "深圳市": "cn",
    }


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("合同编号：HT-2021-003，已签署。", "HT-2021-003", "contract"),
        ("发票号为00123456。", "00123456", "invoice"),
        ("提单号COSU6123456780。", "COSU6123456780", "waybill"),
        ("身份证号码：11010519491231002X。", "11010519491231002X", "resident"),
        ("护照号：E12345678。", "E12345678", "passport"),
        ("海关编码8807.30。", "8807.30", "hs"),
        ("开户账号：6222 0212 0100 1234 567。", "6222 0212 0100 1234 567", "account"),
        ("手机13800138000。", "13800138000", "phone"),
        ("统一社会信用代码91440300MA5H9TX12R。", "91440300MA5H9TX12R", "uscc"),
        ("组织机构代码12345678-8。", "12345678-8", "organisation-code"),
    ],
)
def test_identifiers(text: str, words: str, kind: str) -> None:
    assert found(text, "identifier") == {words: kind}


def test_a_wrong_check_digit_is_no_resident() -> None:
    assert "resident" not in found("身份证号码：110105194912310021。", "identifier").values()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("美聯醫療向醫管局供應呼吸機五百部。", {"美聯醫療", "醫管局"}),
        ("德力泵业委托安迅报关行办理手续。", {"德力泵业", "安迅报关行"}),
        ("拉希德代表防务公司向将军行贿。", {"拉希德", "防务公司"}),
        ("三湘股份借壳*ST商务上市。", {"三湘股份", "商务"}),
        ("建筑师卓亚曾是会员。", {"卓亚"}),
        ("前部长哈桑·图雷辞职。", {"哈桑·图雷"}),
        ("贸易商特兰斯莫收购了铜矿。", {"特兰斯莫"}),
        ("政府发言人迈加上校说，局势平静。", {"迈加"}),
    ],
)
def test_words_that_the_tagger_glues_or_tears(text: str, expected: set[str]) -> None:
    assert set(found(text)) == expected
