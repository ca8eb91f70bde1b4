"""Write the gold set of mails: invented people who write as the mail programs of three languages quote.

Run it in this folder. Each line of mails.jsonl is a mail as it came (`raw`) and what is true of it: which texts are
the sender's own (`new`), which are quoted and whose they are (`quoted`: text, writer's name or null), which mail of
the set it answers (`answers`: its name or null) and its conversation (`thread`). The layouts follow what the programs
write; the held-out part has programs of its own.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
A, B = "Anna Kern <anna.kern@northlight.example>", "Otto Wren <otto@wrenmarine.example>"
C, D = "Марта Линд <lind@veld.example>", "Павел Штерн <stern@harrow.example>"
E, F = "张伟 <zhangwei@beigang.example>", "李娜 <lina@nangang.example>"

MAILS: dict[str, list[dict[str, object]]] = {"dev": [], "heldout": []}


def ident(one: str) -> str:
    """Return the identifier of a mail of the set, or the raw one given."""
    return one if one.startswith("<") else f"<{one}@mail.example>"


def mail(part: str, name: str, sender: str, to: str, subject: str, date: str, body: str, **told: Any) -> None:
    """Add a mail; `reply_to` and `references` in what is told of it are names of mails of the set or raw ids."""
    lines = [
        f"From: {sender}",
        f"To: {to}",
        f"Subject: {subject}",
        f"Date: {date}",
        f"Message-ID: {ident(name)}",
    ]
    if told.get("reply_to"):
        lines.append(f"In-Reply-To: {ident(told['reply_to'])}")
    if told.get("references"):
        lines.append("References: " + " ".join(map(ident, told["references"])))
    if told.get("client"):
        lines.append(f"X-Mailer: {told['client']}")
    kind = told.get("kind", "plain")
    lines += [
        "MIME-Version: 1.0",
        f"Content-Type: text/{kind}; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    MAILS[part].append({
        "name": name, "raw": "\n".join([*lines, "", body.strip("\n"), ""]), "new": list(told["new"]),
        "quoted": [list(one) for one in told.get("quoted", ())], "answers": told.get("answers"),
        "thread": told.get("thread", name),
    })  # fmt: skip


# -- English -------------------------------------------------------------------------------------------------

CRANE = "The seventh crane arrived in Northport on Friday."
BOX = "Two of the crates had been opened at the border."
mail(
    "dev",
    "en-1",
    A,
    B,
    "Cranes for Veld",
    "Fri, 05 Apr 2024 09:01:00 +0200",
    f"Dear Otto,\n\n{CRANE} {BOX}\n\nAnna\n",
    new=[CRANE],
    thread="cranes",
)
mail(
    "dev",
    "en-gmail",
    B,
    A,
    "Re: Cranes for Veld",
    "Fri, 05 Apr 2024 10:00:00 +0200",
    f"""
Orlan Works will pay for the repair.

On Fri, Apr 5, 2024 at 9:01 AM Anna Kern <anna.kern@northlight.example>
wrote:

> Dear Otto,
>
> {CRANE} {BOX}
>
> Anna
>
""",
    new=["Orlan Works will pay for the repair."],
    quoted=[(CRANE, "Anna Kern"), (BOX, "Anna Kern")],
    answers="en-1",
    thread="cranes",
    reply_to="en-1",
    references=["en-1"],
)
mail(
    "dev",
    "en-outlook",
    A,
    B,
    "RE: Cranes for Veld",
    "Fri, 05 Apr 2024 11:00:00 +0200",
    """
We never agreed to that price.

Anna

-----Original Message-----
From: Otto Wren [mailto:otto@wrenmarine.example]
Sent: Friday, April 5, 2024 10:00 AM
To: Anna Kern
Cc: Mia Holt; Vera Lind;
    Ines Orlo
Subject: Re: Cranes for Veld

Orlan Works will pay for the repair.

The bank confirmed the transfer.
""",
    new=["We never agreed to that price."],
    quoted=[
        ("Orlan Works will pay for the repair.", "Otto Wren"),
        ("The bank confirmed the transfer.", "Otto Wren"),
    ],
    answers="en-gmail",
    thread="cranes",
    references=["en-1", "en-gmail"],
    client="Microsoft Outlook 16.0",
)
mail(
    "dev",
    "en-interleaved",
    B,
    A,
    "Re: Cranes for Veld",
    "Sat, 06 Apr 2024 08:00:00 +0200",
    f"""
On 2024-04-05 11:00, Anna Kern wrote:
> We never agreed to that price.

You signed the order in January.

> {BOX}

Customs opened them, not we.
""",
    new=["You signed the order in January.", "Customs opened them, not we."],
    quoted=[("We never agreed to that price.", "Anna Kern"), (BOX, "Anna Kern")],
    answers="en-outlook",
    thread="cranes",
    reply_to="en-outlook",
    client="Roundcube Webmail/1.6",
)
mail(
    "dev",
    "en-applemail",
    A,
    B,
    "Re: Survey drones",
    "Mon, 08 Apr 2024 12:00:00 +0200",
    """
Please stop the shipment.

Sent from my iPhone

> On 7 Apr 2024, at 18:30, Otto Wren <otto@wrenmarine.example> wrote:
>
> Four drones left the yard this morning.
> The invoice follows.
""",
    new=["Please stop the shipment."],
    quoted=[("Four drones left the yard this morning.", "Otto Wren")],
    answers=None,
    thread="drones",
    reply_to="<lost-7@wrenmarine.example>",
    references=["<lost-7@wrenmarine.example>"],
)
mail(
    "dev",
    "en-sibling",
    "Mia Holt <mia@holt.example>",
    B,
    "AW: Survey drones",
    "Mon, 08 Apr 2024 13:00:00 +0200",
    """
I have not seen the invoice.

Otto Wren <otto@wrenmarine.example> writes:

> The invoice follows.
""",
    new=["I have not seen the invoice."],
    quoted=[("The invoice follows.", "Otto Wren")],
    thread="drones",
    references=["<lost-7@wrenmarine.example>"],
)
mail(
    "dev",
    "en-gmail-html",
    B,
    A,
    "Re: Berth 12",
    "Tue, 09 Apr 2024 09:00:00 +0200",
    """
<div dir="ltr"><div>The berth was let to Delta Brokers.</div><br>
<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, Apr 8, 2024 at 5:12 PM Anna Kern
&lt;<a href="mailto:anna.kern@northlight.example">anna.kern@northlight.example</a>&gt; wrote:<br></div>
<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">
<div>Who uses berth 12 now?</div><div>The harbour office lists nobody.</div></blockquote></div></div>
""",
    new=["The berth was let to Delta Brokers."],
    quoted=[("Who uses berth 12 now?", "Anna Kern"), ("The harbour office lists nobody.", "Anna Kern")],
    thread="berth",
    kind="html",
)
mail(
    "dev",
    "en-gmail-indent",
    A,
    B,
    "Terms",
    "Tue, 09 Apr 2024 10:00:00 +0200",
    """
<div dir="ltr">These are our terms:<blockquote style="margin:0 0 0 40px;border:none;padding:0px">
<div>Payment is due within ten days.</div></blockquote><div>Please sign and return them.</div></div>
""",
    new=["Payment is due within ten days.", "Please sign and return them."],
    kind="html",
)
mail(
    "dev",
    "en-outlook-html",
    B,
    A,
    "RE: Terms",
    "Wed, 10 Apr 2024 10:00:00 +0200",
    """
<html><body lang=EN-GB><div class=WordSection1><p class=MsoNormal>Ten days are not enough.</p>
<p class=MsoNormal>&nbsp;</p>
<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>
<p class=MsoNormal><b>From:</b> Anna Kern &lt;anna.kern@northlight.example&gt; <br><b>Sent:</b> 09 April 2024 10:00<br>
<b>To:</b> Otto Wren &lt;otto@wrenmarine.example&gt;<br><b>Subject:</b> Terms</p></div></div>
<p class=MsoNormal>Please sign and return them.</p></div></body></html>
""",
    new=["Ten days are not enough."],
    quoted=[("Please sign and return them.", "Anna Kern")],
    answers="en-gmail-indent",
    thread="en-gmail-indent",
    kind="html",
)
mail(
    "dev",
    "en-notes",
    A,
    B,
    "Fw: Storage at Harrow",
    "Thu, 11 Apr 2024 10:00:00 +0200",
    """
See below what Harrow says about the storage.

---------------------- Forwarded by Anna Kern/NOR/Northlight on 11/04/2024 09:58 ---------------------------

Pavel Stern <stern@harrow.example>
10/04/2024 17:20
        To:     Anna Kern/NOR/Northlight@Northlight
        cc:
        Subject:        Storage at Harrow

The hall is full until June.
""",
    new=["See below what Harrow says about the storage."],
    quoted=[("The hall is full until June.", "Pavel Stern")],
    thread="storage",
)
mail(
    "dev",
    "en-nested",
    B,
    A,
    "Re: Fw: Storage at Harrow",
    "Thu, 11 Apr 2024 12:00:00 +0200",
    """
June is too late for us.

On Thursday 11 April 2024 10:00:00 Anna Kern wrote:
> See below what Harrow says about the storage.
>
> Pavel Stern wrote:
>> The hall is full until June.
""",
    new=["June is too late for us."],
    quoted=[
        ("See below what Harrow says about the storage.", "Anna Kern"),
        ("The hall is full until June.", "Pavel Stern"),
    ],
    answers="en-notes",
    thread="storage",
    reply_to="en-notes",
    client="KMail 5.24",
)
mail(
    "dev",
    "en-newsletter",
    "Harbour Bulletin <news@bulletin.example>",
    A,
    "Harbour Bulletin",
    "Fri, 12 Apr 2024 06:00:00 +0200",
    """
From: our desk in Northport

The ferry will run twice a day from May.

On Monday the council wrote to all berth holders.

> Subscribe for more
""",
    new=["The ferry will run twice a day from May.", "On Monday the council wrote to all berth holders."],
)
mail(
    "dev",
    "en-newsletter-2",
    "Harbour Bulletin <news@bulletin.example>",
    B,
    "Harbour Bulletin",
    "Fri, 19 Apr 2024 06:00:00 +0200",
    "The ferry was sold to Delta Brokers.\n",
    new=["The ferry was sold to Delta Brokers."],
)

# -- Russian -------------------------------------------------------------------------------------------------

KRAN = "Седьмой кран прибыл в Нортпорт в пятницу."
mail(
    "dev",
    "ru-1",
    C,
    D,
    "Краны для Вельда",
    "Fri, 05 Apr 2024 09:01:00 +0300",
    f"Добрый день!\n\n{KRAN}\n\nС уважением,\nМарта Линд\n",
    new=[KRAN],
    thread="ru-krany",
)
mail(
    "dev",
    "ru-mailru",
    D,
    C,
    "Re: Краны для Вельда",
    "Fri, 05 Apr 2024 10:00:00 +0300",
    f"""
Ремонт оплатит завод.

Пятница, 5 апреля 2024, 9:01 +03:00 от Марта Линд <lind@veld.example>:

> Добрый день!
>
> {KRAN}
""",
    new=["Ремонт оплатит завод."],
    quoted=[(KRAN, "Марта Линд")],
    answers="ru-1",
    thread="ru-krany",
    reply_to="ru-1",
)
mail(
    "dev",
    "ru-yandex",
    C,
    D,
    "Re: Краны для Вельда",
    "Fri, 05 Apr 2024 11:00:00 +0300",
    """
<div>Такую цену мы не согласовали.</div><div> </div><div>05.04.2024, 10:00, "Павел Штерн" &lt;stern@harrow.example&gt;:</div>
<blockquote><p>Ремонт оплатит завод.</p></blockquote>
""",
    new=["Такую цену мы не согласовали."],
    quoted=[("Ремонт оплатит завод.", "Павел Штерн")],
    answers="ru-mailru",
    thread="ru-krany",
    reply_to="ru-mailru",
    kind="html",
)
mail(
    "dev",
    "ru-user-wrote",
    D,
    C,
    "Re: Краны для Вельда",
    "Fri, 05 Apr 2024 12:00:00 +0300",
    """
Пользователь Марта Линд <lind@veld.example> писал(а):
> Такую цену мы не согласовали.

Договор подписан в январе.
""",
    new=["Договор подписан в январе."],
    quoted=[("Такую цену мы не согласовали.", "Марта Линд")],
    answers="ru-yandex",
    thread="ru-krany",
    references=["ru-1", "ru-yandex"],
)
mail(
    "dev",
    "ru-outlook",
    C,
    D,
    "RE: Склад",
    "Mon, 08 Apr 2024 10:00:00 +0300",
    """
Июнь нам не подходит.

С уважением,
Марта Линд

-----Исходное сообщение-----
От: Павел Штерн [mailto:stern@harrow.example]
Отправлено: 8 апреля 2024 г. 9:30
Кому: Марта Линд
Тема: Склад

Склад занят до июня.

Ящики стоят во дворе.
""",
    new=["Июнь нам не подходит."],
    quoted=[("Склад занят до июня.", "Павел Штерн"), ("Ящики стоят во дворе.", "Павел Штерн")],
    thread="ru-sklad",
)
mail(
    "dev",
    "ru-bat",
    D,
    C,
    "Re[2]: Склад",
    "Mon, 08 Apr 2024 11:00:00 +0300",
    """
Здравствуйте, Марта.

Вы писали 8 апреля 2024 г., 10:00:00:

МЛ> Июнь нам не подходит.

Тогда ищите другой склад.
""",
    new=["Тогда ищите другой склад."],
    quoted=[("Июнь нам не подходит.", None)],
    answers="ru-outlook",
    thread="ru-sklad",
    client="The Bat! (v10)",
)
mail(
    "dev",
    "ru-fwd",
    C,
    "Вера Лунд <lund@veld.example>",
    "Fwd: Отгрузка",
    "Tue, 09 Apr 2024 10:00:00 +0300",
    """
Посмотрите, что пишет Штерн.

-------- Пересылаемое сообщение --------
От: Павел Штерн <stern@harrow.example>
Кому: lind@veld.example
Дата: 29.04.2021
Тема: Отгрузка

Последний кран отгружен 29 апреля.
""",
    new=["Посмотрите, что пишет Штерн."],
    quoted=[("Последний кран отгружен 29 апреля.", "Павел Штерн")],
)

# -- Chinese -------------------------------------------------------------------------------------------------

ZH = "第七台起重机星期五到达北港。"
mail(
    "dev",
    "zh-1",
    E,
    F,
    "起重机",
    "Fri, 05 Apr 2024 09:01:00 +0800",
    f"李娜您好：\n\n{ZH}\n\n张伟\n",
    new=[ZH],
    thread="zh-crane",
)
mail(
    "dev",
    "zh-163",
    F,
    E,
    "回复：起重机",
    "Fri, 05 Apr 2024 10:00:00 +0800",
    f"""
修理费由工厂支付。

在 2024-04-05 09:01:00，"张伟" <zhangwei@beigang.example> 写道：

> 李娜您好：
>
> {ZH}
""",
    new=["修理费由工厂支付。"],
    quoted=[(ZH, "张伟")],
    answers="zh-1",
    thread="zh-crane",
    reply_to="zh-1",
)
mail(
    "dev",
    "zh-foxmail",
    E,
    F,
    "Re: 回复：起重机",
    "Fri, 05 Apr 2024 11:00:00 +0800",
    """
我们没有同意这个价格。

张伟

发件人： 李娜
发送时间： 2024-04-05 10:00
收件人： zhangwei
主题： 回复：起重机

修理费由工厂支付。
""",
    new=["我们没有同意这个价格。"],
    quoted=[("修理费由工厂支付。", "李娜")],
    answers="zh-163",
    thread="zh-crane",
)
mail(
    "dev",
    "zh-qq",
    F,
    E,
    "回复： 仓库",
    "Mon, 08 Apr 2024 10:00:00 +0800",
    """
<div>六月太晚了。</div><div><br></div><div style="font-size: 12px;">------------------&nbsp;原始邮件&nbsp;------------------</div>
<div style="font-size: 12px;background:#efefef;padding:8px;"><div><b>发件人:</b>&nbsp;"张伟"&lt;zhangwei@beigang.example&gt;;</div>
<div><b>发送时间:</b>&nbsp;2024年4月8日(星期一) 上午9:30</div><div><b>收件人:</b>&nbsp;"李娜"&lt;lina@nangang.example&gt;;</div>
<div><b>主题:</b>&nbsp;仓库</div></div><div><br></div><div>仓库到六月都是满的。</div>
""",
    new=["六月太晚了。"],
    quoted=[("仓库到六月都是满的。", "张伟")],
    thread="zh-store",
    kind="html",
)
mail(
    "dev",
    "zh-gmail",
    E,
    F,
    "Re: 仓库",
    "Mon, 08 Apr 2024 11:00:00 +0800",
    """
那就另找一个仓库。

李娜 <lina@nangang.example> 于2024年4月8日周一 10:00写道：

> 六月太晚了。
""",
    new=["那就另找一个仓库。"],
    quoted=[("六月太晚了。", "李娜")],
    answers="zh-qq",
    thread="zh-store",
    references=["zh-qq"],
)
mail(
    "dev",
    "zh-outlook",
    F,
    E,
    "答复: 合同",
    "Tue, 09 Apr 2024 10:00:00 +0800",
    """
合同已在一月签字。

-----邮件原件-----
发件人: 张伟 [mailto:zhangwei@beigang.example]
发送时间: 2024年4月9日 9:00
收件人: 李娜
抄送: 王芳
主题: 合同

谁签了合同？
""",
    new=["合同已在一月签字。"],
    quoted=[("谁签了合同？", "张伟")],
)

# -- Held out: other programs --------------------------------------------------------------------------------

mail(
    "heldout",
    "h-en-1",
    A,
    B,
    "Pumps",
    "Mon, 03 Jun 2024 09:00:00 +0200",
    "Three pumps were sent to Veld.\n",
    new=["Three pumps were sent to Veld."],
    thread="pumps",
)
mail(
    "heldout",
    "h-en-thunderbird",
    B,
    A,
    "Re: Pumps",
    "Mon, 03 Jun 2024 10:00:00 +0200",
    """
<html><body><div class="moz-cite-prefix">On 03/06/2024 09:00, Anna Kern wrote:<br></div>
<blockquote type="cite" cite="mid:h-en-1@mail.example"><p>Three pumps were sent to Veld.</p></blockquote>
<p>We received two.</p></body></html>
""",
    new=["We received two."],
    quoted=[("Three pumps were sent to Veld.", "Anna Kern")],
    answers="h-en-1",
    thread="pumps",
    reply_to="h-en-1",
    kind="html",
)
mail(
    "heldout",
    "h-en-owa",
    A,
    B,
    "Re: Pumps",
    "Mon, 03 Jun 2024 11:00:00 +0200",
    """
The carrier lost the third one.

________________________________
From: Otto Wren <otto@wrenmarine.example>
Sent: Monday, June 3, 2024 10:00
To: Anna Kern <anna.kern@northlight.example>
Subject: Re: Pumps

We received two.
""",
    new=["The carrier lost the third one."],
    quoted=[("We received two.", "Otto Wren")],
    answers="h-en-thunderbird",
    thread="pumps",
)
mail(
    "heldout",
    "h-en-eudora",
    B,
    A,
    "Re: Pumps",
    "Mon, 03 Jun 2024 12:00:00 +0200",
    """
At 11:00 AM 6/3/2024 +0200, Anna Kern wrote:
>The carrier lost the third one.

Which carrier was it?
""",
    new=["Which carrier was it?"],
    quoted=[("The carrier lost the third one.", "Anna Kern")],
    answers="h-en-owa",
    thread="pumps",
    reply_to="h-en-owa",
)
mail(
    "heldout",
    "h-en-yahoo",
    A,
    B,
    "Re: Tender",
    "Tue, 04 Jun 2024 10:00:00 +0200",
    """
<div class="ydp1yahoo-style-wrap"><div dir="ltr">We did not bid.</div></div>
<div id="yahoo_quoted_1" class="yahoo_quoted"><div style="font-size:13px;"><div>On Monday, June 3, 2024 at 04:00:00 PM GMT+2, Otto Wren
&lt;otto@wrenmarine.example&gt; wrote:</div><div><br></div><div>Did Northlight bid for the tender?</div></div></div>
""",
    new=["We did not bid."],
    quoted=[("Did Northlight bid for the tender?", "Otto Wren")],
    kind="html",
)
mail(
    "heldout",
    "h-en-apple-fwd",
    A,
    "Mia Holt <mia@holt.example>",
    "Fwd: Survey",
    "Tue, 04 Jun 2024 11:00:00 +0200",
    """
Otto confirms the survey.

Begin forwarded message:

> From: Otto Wren <otto@wrenmarine.example>
> Subject: Survey
> Date: 3 June 2024 at 16:00:00 CEST
> To: Anna Kern <anna.kern@northlight.example>
>
> The survey is finished.
""",
    new=["Otto confirms the survey."],
    quoted=[("The survey is finished.", "Otto Wren")],
)
mail(
    "heldout",
    "h-en-horde",
    B,
    A,
    "Re: Insurance",
    "Wed, 05 Jun 2024 11:00:00 +0200",
    """
Quoting Anna Kern <anna.kern@northlight.example>:

> The policy ended in May.

It was renewed last week.
""",
    new=["It was renewed last week."],
    quoted=[("The policy ended in May.", "Anna Kern")],
)
mail(
    "heldout",
    "h-ru-thunderbird",
    C,
    D,
    "Re: Насосы",
    "Mon, 03 Jun 2024 10:00:00 +0300",
    """
03.06.2024 9:00, Павел Штерн пишет:
> Три насоса отправлены в Вельд.

Мы получили два.
""",
    new=["Мы получили два."],
    quoted=[("Три насоса отправлены в Вельд.", "Павел Штерн")],
    thread="ru-nasosy",
)
mail(
    "heldout",
    "h-ru-gmail",
    D,
    C,
    "Re: Насосы",
    "Mon, 03 Jun 2024 11:00:00 +0300",
    """
Третий потерял перевозчик.

пн, 3 июн. 2024 г. в 10:00, Марта Линд <lind@veld.example>:

> Мы получили два.
""",
    new=["Третий потерял перевозчик."],
    quoted=[("Мы получили два.", "Марта Линд")],
    answers="h-ru-thunderbird",
    thread="ru-nasosy",
    reply_to="h-ru-thunderbird",
)
mail(
    "heldout",
    "h-ru-owa",
    C,
    D,
    "Ответ: Насосы",
    "Mon, 03 Jun 2024 12:00:00 +0300",
    """
Назовите перевозчика.

________________________________
От: Павел Штерн
Отправлено: 3 июня 2024 г. 11:00:00
Кому: Марта Линд
Копия: Вера Лунд
Тема: Re: Насосы

Третий потерял перевозчик.
""",
    new=["Назовите перевозчика."],
    quoted=[("Третий потерял перевозчик.", "Павел Штерн")],
    answers="h-ru-gmail",
    thread="ru-nasosy",
)
mail(
    "heldout",
    "h-ru-apple",
    D,
    C,
    "Re: Страховка",
    "Tue, 04 Jun 2024 12:00:00 +0300",
    """
Полис продлён.

Отправлено с iPhone

> 3 июня 2024 г., в 18:30, Марта Линд <lind@veld.example> написал(а):
>
> Полис истёк в мае.
""",
    new=["Полис продлён."],
    quoted=[("Полис истёк в мае.", "Марта Линд")],
)
mail(
    "heldout",
    "h-ru-letter",
    C,
    D,
    "Отчёт",
    "Wed, 05 Jun 2024 12:00:00 +0300",
    """
В среду директор написал заявление:

Завод закрывается в июле.
""",
    new=["Завод закрывается в июле."],
)
mail(
    "heldout",
    "h-zh-163-en",
    F,
    E,
    "Re:水泵",
    "Mon, 03 Jun 2024 10:00:00 +0800",
    """
我们只收到两台。

At 2024-06-03 09:00:00, "张伟" <zhangwei@beigang.example> wrote:

三台水泵已经发往南港。
""",
    new=["我们只收到两台。"],
    quoted=[("三台水泵已经发往南港。", "张伟")],
    thread="zh-pump",
)
mail(
    "heldout",
    "h-zh-apple",
    E,
    F,
    "Re: 水泵",
    "Mon, 03 Jun 2024 11:00:00 +0800",
    """
第三台丢了。

发自我的 iPhone

> 在 2024年6月3日，10:00，李娜 <lina@nangang.example> 写道：
>
> 我们只收到两台。
""",
    new=["第三台丢了。"],
    quoted=[("我们只收到两台。", "李娜")],
    answers="h-zh-163-en",
    thread="zh-pump",
    reply_to="h-zh-163-en",
)
mail(
    "heldout",
    "h-zh-tw",
    F,
    E,
    "轉寄: 保險",
    "Tue, 04 Jun 2024 11:00:00 +0800",
    """
請看下面的說明。

________________________________
寄件者: 張偉 <zhangwei@beigang.example>
寄件日期: 2024年6月3日 下午 04:00
收件者: 李娜
主旨: 保險

保單五月到期。
""",
    new=["請看下面的說明。"],
    quoted=[("保單五月到期。", "張偉")],
)
mail(
    "heldout",
    "h-zh-thunderbird",
    E,
    F,
    "Re: 测量",
    "Wed, 05 Jun 2024 11:00:00 +0800",
    """
<html><body><p>测量已经结束。</p><div class="moz-cite-prefix">在 2024/6/4 16:00, 李娜 写道:<br></div>
<blockquote type="cite" cite="mid:x@y"><p>测量什么时候结束？</p></blockquote></body></html>
""",
    new=["测量已经结束。"],
    quoted=[("测量什么时候结束？", "李娜")],
    kind="html",
)

for part, folder in (("dev", HERE), ("heldout", HERE / "heldout")):
    lines = [json.dumps(one, ensure_ascii=False) for one in MAILS[part]]
    (folder / "mails.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
