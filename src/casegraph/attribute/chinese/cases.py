"""What word order and coverbs mark in Chinese, as the Case and Voice of Universal Dependencies.

The typed relations of `universal` ask for subjects, objects, owners and agents by Case; Chinese has none, and
marks the same by 被, 由, 把, 给, 的 and by place (朱德熙 1982, chapters 7 to 9, 13).
"""

from __future__ import annotations

from casegraph.attribute.universal.lexicon import Lexicon
from casegraph.attribute.universal.names import BODIES, Names
from casegraph.attribute.universal.tree import Token, Tree
from casegraph.model import Mention

_PLACES = frozenset({"在", "于", "位于"})
_GIVING = ("给", "予", "交")
_REACHING = ("至", "到", "往", "入")
_NOT_REACHING = frozenset(
    """
收到 得到 拿到 接到 遭到 受到 买到 看到 感到 达到 找到 遇到 听到 想到 做到 提到 谈到 意识到 注意到 了解到 直到
增至 降至 增到 列入 纳入 加入 进入 买入 收入 投入 购入 输入 介入 陷入 迁至 搬到 迁往 迁到 搬至 搬往 入
""".split()
)
_POSITIONS = frozenset({"职务", "一职", "职位", "岗位", "之职"})
_BODY_ENDS = tuple(
    "公司 集团 银行 基金 工厂 委员会 研究所 研究院 协会 大学 医院 学校 政府 法院 企业 机构 酒店 报社".split()
)
_THEIRS = frozenset("名下 旗下 麾下 下属 账户 户头 账上 手中".split())
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})


def mark(tree: Tree, names: Names, lexicon: Lexicon) -> None:
    """Give the tokens of a page their features, once."""
    for token in tree.tokens:
        if token.pos == "PROPN" and names.at(token) is None and token.lemma.endswith(_posts(lexicon)):
            token.pos = "NOUN"  # 非执行董事, which the tagger takes for a name
        if token.lemma in _POSITIONS:
            _name_post(token)
        if token.pos in {"VERB", "AUX"}:
            _verb(token, lexicon)
        elif token.pos in _NOMINAL:
            _noun(token, names, lexicon)


def _posts(lexicon: Lexicon) -> tuple[str, ...]:
    return tuple(word for word in lexicon.words["sources.people"] if len(word) > 1)


def _name_post(token: Token) -> None:
    """Give 副总裁职务 the word of the post and whose it is."""
    post = next((c for c in reversed(token.kids("compound", "nmod")) if c.i == token.i - 1), None)
    if post is None or post.pos != "NOUN":
        return
    token.lemma = post.lemma
    for child in [c for c in post.children if c.dep in {"nmod", "compound"}]:
        post.children.remove(child)
        child.head = token
        token.children.append(child)


def _verb(token: Token, lexicon: Lexicon) -> None:
    token.feats.setdefault("VerbForm", "Fin")
    aux = token.kids("aux", "advmod")
    passive = any(c.sub == "pass" for c in token.kids("nsubj", "aux"))
    if passive or any(c.sub == "agent" for c in token.kids("obl")):
        token.feats["Voice"] = "Pass"
    negated = {c.i for c in aux if lexicon.has("words.negation", c.lemma)}
    if any(
        lexicon.has("words.future", c.lemma) and c.i - 1 not in negated and not _takes(c, token) for c in aux
    ):
        token.feats["Tense"] = "Fut"


def _takes(word: Token, verb: Token) -> bool:
    """Return whether 将 marks what the verb is done to: 将逾两千万欧元转移."""
    if word.lemma != "将":
        return False
    return any(
        c.pos in {"NUM", "NOUN", "PROPN"} and word.i < c.i < verb.i and c.sub != "tmod" and not c.kids("case")
        for c in verb.children
    )


def _noun(token: Token, names: Names, lexicon: Lexicon) -> None:
    mention = names.at(token)
    person = mention.schema == "Person" if mention is not None else token.lemma.endswith(_posts(lexicon))
    titled = any((m := names.at(c)) is not None and m.schema == "Person" for c in token.kids("appos"))
    firm = any((m := names.at(c)) is not None and m.schema in BODIES for c in token.kids("appos"))
    if (person and not (firm and mention is None)) or (titled and mention is None):
        token.feats["Animacy"] = "Anim"
    if token.pos == "PRON" and lexicon.has("words.personal", token.lemma):
        token.feats["Person"] = "3"
    if token.dep == "obl" and token.sub in {"agent", "patient"}:
        _marked(token)
    elif token.dep == "nsubj":
        token.feats["Case"] = "Nom"
    elif token.dep in {"obj", "iobj"}:
        token.feats["Case"] = "Dat" if _gets(token) else "Acc"
    elif token.dep == "compound" and token.i < token.head.i and _owns(token, mention, lexicon):
        token.dep, token.feats["Case"] = "nmod", "Gen"
    elif token.dep == "nmod" and (not token.prepositions()):
        token.feats["Case"] = "Gen"
    elif token.dep == "obl" and token.prepositions() in _PLACES:
        token.feats["Case"] = "Loc"
    elif token.dep == "conj" and token.head.case:
        token.feats["Case"] = token.head.case


def _marked(token: Token) -> None:
    """Make an object of what 把 marks, an agent of what 被 and 由 mark."""
    for case in token.kids("case"):
        case.dep = "marker"
    if token.sub == "agent":
        token.feats["Case"] = "Ins"
        return
    token.feats |= {"Case": "Acc", "Marked": "Acc"}
    token.dep, token.sub = "obj", ""


def _gets(token: Token) -> bool:
    """Return whether the object is who gets it: 卖给X, 运交X, 把Y送到X, 付X钱."""
    verb = token.head
    if token.dep == "iobj":
        return True
    given = any(n.sub == "patient" or n.feats.get("Marked") == "Acc" for n in verb.kids("obl", "obj"))
    if verb.lemma.endswith(_GIVING) and verb.lemma not in _GIVING:
        return not any(n.dep == "iobj" for n in verb.children)
    if verb.lemma.endswith(_REACHING) and len(verb.lemma) > 1 and verb.lemma not in _NOT_REACHING:
        return True
    return given


def _owns(token: Token, mention: Mention | None, lexicon: Lexicon) -> bool:
    """Return whether a noun before another is a body that has it: 石油公司总裁, 镇政府会计."""
    if mention is not None:
        return mention.schema != "Asset"
    if token.head.lemma in _THEIRS:
        return True
    if token.lemma[0] in "本我贵" and len(token.lemma) > 1:
        return True
    if token.lemma.endswith(_BODY_ENDS) and len(token.lemma) > 1:
        return True
    return lexicon.has("words.company", token.lemma) or lexicon.has("words.body", token.lemma)
