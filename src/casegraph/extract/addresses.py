"""The people of a mail's header: display names as names, addresses as identifiers.

Who stands in From, To and Cc is no guess of a parser; only whether a mailbox is a person's is. Mailboxes of
offices are those that RFC 2142 lists, and what the wide world has added to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casegraph.extract.base import Extractor, Found, Reading
from casegraph.text.addresses import Mailbox, mailboxes

MAILBOX = "mailbox"
"""What the detector of a name or address from a header says after its colon."""

_OFFICES = frozenset(
    "info marketing sales support abuse noc security postmaster hostmaster usenet news webmaster www uucp "
    "ftp noreply no-reply donotreply do-not-reply mailer-daemon mailer newsletter office contact admin "
    "administrator help helpdesk billing accounts orders service hr jobs press team list notifications "
    "notification alerts system".split()
)
_ORGANISATION = re.compile(
    r"\b(?:ltd|llc|inc|corp|gmbh|ag|plc|co|company|group|bank|office|department|dept|team|desk|support|service|services|"
    r"newsletter|news|announcements?|committee|council|ministry|agency|institute|university|association|center|centre|"
    r"ооо|ао|зао|пао|оао|банк|отдел|служба|компания|группа|редакция|министерство|завод|институт)\b|"
    r"公司|集团|集團|银行|銀行|部门|中心|委员会|大学|研究所|办公室",
    re.IGNORECASE,
)
_PERSON = re.compile(r"[^\W\d_]\.?(?:[^\W\d_]|['’-])*\.?(?: [^\W\d_](?:[^\W\d_]|['’-])*\.?){1,3}")
_HAN_PERSON = re.compile(r"[\u3400-\u9fff]{2,4}")


def kind_of(box: Mailbox) -> str:
    """Return the FollowTheMoney schema of whose mailbox it is; LegalEntity where that cannot be told."""
    local = box.mail.partition("@")[0]
    if local in _OFFICES or _ORGANISATION.search(box.shown):
        return "Organization"
    if _HAN_PERSON.fullmatch(box.shown):
        return "Person"
    words = box.shown.split()
    capital = all(word[0].isupper() for word in words if len(word) > 3 or word is words[0])
    return "Person" if words and capital and _PERSON.fullmatch(box.shown) else "LegalEntity"


def _find(reading: Reading, found: Sequence[Found]) -> Iterator[Found]:
    del found
    for block in reading.searched():
        if block.role != "header":
            continue
        for box in mailboxes(block.text):
            if box.name is not None:
                yield Found(
                    page=block.page,
                    kind="name",
                    start=block.start + box.name[0],
                    end=block.start + box.name[1],
                    schema=kind_of(box),
                    normal=box.shown,
                    detail=MAILBOX,
                    score=0.9,
                )
            yield Found(
                page=block.page,
                kind="identifier",
                start=block.start + box.address[0],
                end=block.start + box.address[1],
                normal=box.mail,
                detail="email",
            )


ADDRESSES = Extractor(name="addresses", version=1, find=_find)
