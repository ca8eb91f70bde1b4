"""What word order and coverbs mark in Chinese, as the Case and Voice of Universal Dependencies.

The typed relations of `universal` ask for subjects, objects, owners and agents by Case; Chinese has none, and
marks the same by 被, 由, 把, 给, 的 and by place (朱德熙 1982, chapters 7 to 9, 13).
"""

from __future__ import annotations

from casegraph.attribute.universal.lexicon import Lexicon
from casegraph.attribute.universal.names import Names
from casegraph.attribute.universal.tree import Token, Tree

_PLACES = frozenset({"在", "于", "位于"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})


def mark(tree: Tree, names: Names, lexicon: Lexicon) -> None:
    """Give the tokens of a page their features, once."""
    for token in tree.tokens:
        if token.pos in {"VERB", "AUX"}:
            _verb(token, lexicon)
        elif token.pos in _NOMINAL:
            _noun(token, names, lexicon)


def _verb(token: Token, lexicon: Lexicon) -> None:
    token.feats.setdefault("VerbForm", "Fin")
    aux = token.kids("aux", "advmod")
    passive = any(c.sub == "pass" for c in token.kids("nsubj", "aux"))
    if passive or (token.dep == "acl" and any(c.sub == "agent" for c in token.kids("obl"))):
        token.feats["Voice"] = "Pass"
    if any(lexicon.has("words.future", c.lemma) for c in aux):
        token.feats["Tense"] = "Fut"


def _noun(token: Token, names: Names, lexicon: Lexicon) -> None:
    mention = names.at(token)
    person = mention.schema == "Person" if mention is not None else lexicon.has("sources.people", token.lemma)
    if person:
        token.feats["Animacy"] = "Anim"
    if token.dep == "obl" and token.sub in {"agent", "patient"}:
        token.feats["Case"] = "Ins" if token.sub == "agent" else "Acc"
        for case in token.kids("case"):
            case.dep = "marker"
        token.dep, token.sub = ("obl", token.sub) if token.sub == "agent" else ("obj", "")
    elif token.dep == "nsubj":
        token.feats["Case"] = "Nom"
    elif token.dep in {"obj", "iobj"}:
        gives = token.head.lemma.endswith("给") and token.head.lemma != "给"
        token.feats["Case"] = "Dat" if gives else "Acc"
    elif token.dep == "nmod" and not token.prepositions():
        token.feats["Case"] = "Gen"
    elif token.dep == "obl" and token.prepositions() in _PLACES:
        token.feats["Case"] = "Loc"
    elif token.dep == "conj" and token.head.case:
        token.feats["Case"] = token.head.case
