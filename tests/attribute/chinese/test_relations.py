"""Who did what with whom: the constructions of Chinese. People and companies are invented."""

from __future__ import annotations

import pytest

from tests.attribute.chinese.made import claims_of, kinds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # 被, 遭, 受, 由
        ("沂川海运被南岭集团收购。", {("ownership", "南岭集团", "沂川海运")}),
        ("沂川海运遭挪威制裁。", {("sanction", "挪威", "沂川海运")}),
        ("沂川海运受南岭集团控制。", {("control", "南岭集团", "沂川海运")}),
        ("这批钢管由沂川海运出口给南岭集团。", {("delivery", "沂川海运", "南岭集团", "钢管")}),
        # 把, 将
        ("沂川海运把钢管运交南岭集团。", {("delivery", "沂川海运", "南岭集团", "钢管")}),
        ("国防部将无人机合同授予沂川海运。", {("contract", "国防部", "沂川海运", "无人机")}),
        ("挪威将沂川海运列入制裁名单。", {("sanction", "挪威", "沂川海运", "制裁名单")}),
        # 系, 为, 是
        ("沂川海运系南岭集团全资子公司。", {("ownership", "南岭集团", "沂川海运")}),
        ("赵一鸣与孙立群系夫妻关系。", {("family", "赵一鸣", "孙立群")}),
        ("沂川海运的实际控制人为赵一鸣。", {("control", "赵一鸣", "沂川海运")}),
        # posts by verb, apposition, label of a court
        ("赵一鸣出任沂川海运董事长。", {("directorship", "赵一鸣", "沂川海运")}),
        ("趙一鳴獲委任為沂川海運獨立非執行董事。", {("directorship", "趙一鳴", "沂川海運")}),
        ("赵一鸣辞去沂川海运副总裁职务。", {("directorship", "赵一鸣", "沂川海运")}),
        ("赵一鸣任职于沂川海运。", {("employment", "赵一鸣", "沂川海运")}),
        ("赵一鸣在沂川海运任会计。", {("employment", "赵一鸣", "沂川海运")}),
        ("沂川海运委托律师赵一鸣代理本案。", {("representation", "赵一鸣", "沂川海运")}),
        # kinship with the name behind it, and what is in somebody's name
        ("市长赵一鸣的女婿孙立群名下有三套别墅。",
         {("family", "赵一鸣", "孙立群"), ("ownership", "孙立群", "别墅")}),
        ("赵一鸣是沂川海运的总裁，丈夫孙立群在南岭集团工作。",
         {("directorship", "赵一鸣", "沂川海运"), ("family", "赵一鸣", "孙立群"),
          ("employment", "孙立群", "南岭集团")}),
        # money in accounts, prices of goods
        ("这笔佣金由沂川海运汇入赵一鸣的账户。", {("payment", "沂川海运", "赵一鸣")}),
        ("沂川海运收到南岭集团的预付款。", {("payment", "南岭集团", "沂川海运")}),
        # relative clauses
        ("赵一鸣控制的沂川海运没有雇员。", {("control", "赵一鸣", "沂川海运")}),
        ("总部位于青岛的沂川海运拥有两艘货轮。",
         {("presence", "沂川海运", "青岛"), ("ownership", "沂川海运", "货轮")}),
    ],
)  # fmt: skip
def test_constructions(text: str, expected: set[tuple[str, ...]]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("岭南沂川海运股份有限公司（以下简称“公司”）公告。公司持有南岭集团的股份。",
         ("ownership", "岭南沂川海运股份有限公司", "南岭集团")),
        ("公司的实际控制人为赵一鸣，公司全称为岭南沂川海运股份有限公司。",
         ("control", "赵一鸣", "岭南沂川海运股份有限公司")),
        ("沂川海运成立于迪拜。该公司向南岭集团供应轴承。", ("delivery", "沂川海运", "南岭集团", "轴承")),
        ("沂川海运是南岭集团的供应商，为其提供轴承。", ("delivery", "沂川海运", "南岭集团", "轴承")),
        ("赵一鸣创办了沂川海运。如今，他持有该公司四成股份。", ("ownership", "赵一鸣", "沂川海运")),
    ],
)  # fmt: skip
def test_what_stands_for_a_name_is_the_name(text: str, expected: tuple[str, ...]) -> None:
    assert expected in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "乙方应在验收合格后支付尾款。",
        "春天把第一场雨送给了麦田。",
        "老师控制不住自己的情绪。",
        "股东会由全体股东组成。",
        "谁来接任董事长，至今没有消息。",
    ],
)
def test_nobody_is_named_nothing_is_claimed(text: str) -> None:
    assert kinds(text) == set()


@pytest.mark.parametrize("text", ["我厂未向贵公司交付任何阀门。", "沂川海运不再生产该型溶剂。"])
def test_negation(text: str) -> None:
    assert [claim.polarity for claim in claims_of(text) if claim.kind != "statement"] == ["negative"]


def test_a_plan_is_no_fact() -> None:
    [claim] = [one for one in claims_of("南岭集团拟收购沂川海运100%股权。") if one.kind == "ownership"]
    assert claim.stance == "predicts"


def test_names_stay_in_the_characters_of_their_text() -> None:
    assert kinds("聯穎化工生產溶劑。") == {("production", "聯穎化工", "溶劑")}
