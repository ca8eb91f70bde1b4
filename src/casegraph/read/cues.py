"""Words that web pages put around their stories, as data: one pattern a kind, all languages together.

They only support what place, length and punctuation say (see `layout`): a page in a language that is
missing here is still told apart by its structure. A pattern of `LABELS` must match a whole line
after `bare`; one of `STARTS` its beginning; one of `SENTENCES` any part of it.
"""

from __future__ import annotations

import re
from typing import Final, Literal

Cue = Literal[
    "advertisement", "section", "comments", "share", "navigation", "legal", "cookies",
    "newsletter", "measure", "weather", "more", "caption", "byline", "dateline", "source",
]  # fmt: skip

_EDGES = (
    " \t\u00a0-\u2013\u2014\u2022\u00b7|"
    "\u00bb\u00ab\u203a\u2192\u25b6\u25ba\u25bc*#:.\u2026!<>[](){}+\u3010\u3011\uff1a"
)


def bare(line: str) -> str:
    """Return the line case-folded, without decoration at its ends and with single blanks."""
    return " ".join(line.casefold().split()).strip(_EDGES)


def _any(*forms: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{form})" for form in forms), re.IGNORECASE)


LABELS: Final[tuple[tuple[Cue, re.Pattern[str]], ...]] = (
    (
        "advertisement",
        _any(
            r"(?:\W*(?:advertisements?|advertising|advert|ads?|sponsored(?: content| post| by .{1,40})?|"
            r"paid content|"
            r"promoted(?: content)?)\W*(?:spot_img)?)+",
            r"(?:story |article )?continues? (?:below|after) (?:this |the )?(?:ad|advertisement)|"
            r"scroll to continue(?: with content)?|remove ads",
            r"реклама|на правах рекламы|партн[её]рский материал|реклама\W.{0,60}erid.{0,40}",
            r"anzeige|werbung|publicit[ée]|publicidad|广告|推广|廣告|赞助内容",
        ),
    ),
    (
        "section",
        _any(
            r"(?:must|top|most|more|also|latest|related|recommended|trending|popular|featured|breaking|"
            r"recent|other|similar|"
            r"top|editor['\u2019]?s|our)(?: (?:on|from|in|for|to|you|the|this|our|best|must|most|top|"
            r"related|by|and|&|now|today|picks?|"
            r"read|reads|reading|viewed|shared|watched|commented|popular|recent|latest|news|stor(?:y|ies)|"
            r"articles?|posts?|topics?|"
            r"videos?|headlines|content|coverage|links|choice|week|author|site|section|world|politics|"
            r"business|sports?|opinion))+"
            r"(?: [\w'\u2019&-]+){0,3}",
            r"(?:read|watch|see|hear|listen)(?: (?:more|next|also|this|now|on))+(?: on [\w ]{1,30})?",
            r"(?:you|readers) (?:may|might|also)(?: also)? (?:like|love|be interested in|liked)(?: this)?",
            r"recommended(?: for you)?|trending(?: now)?|related|latest|popular|featured|"
            r"in case you missed it|don['\u2019]t miss|what to read next|up next|"
            r"around the web|elsewhere|in this (?:article|story)|tags?|topics?|filed under.{0,60}|"
            r"(?:previous|next|prev)(?: (?:article|post|story))?|headlines|highlights",
            r"(?:читайте|смотрите|слушайте)(?: также| ещ[её]| далее| по теме)?|(?:материалы|новости|статьи|"
            r"ещ[её]|"
            r"сюжеты?|видео) (?:по теме|дня|партн[её]ров|часа|недели)|другие (?:новости|материалы|статьи)|"
            r"самое (?:читаемое|популярное|важное|обсуждаемое|интересное)|популярн(?:ое|ые)(?: (?:новости|"
            r"материалы|статьи))?|"
            r"последние (?:новости|материалы)|главн(?:ое|ые новости)(?: за день| сегодня)?|лента новостей|"
            r"рекоменду(?:ем|емое)|вам (?:может|будет) (?:понравиться|интересно)|теги|метки|"
            r"похожие (?:новости|материалы|статьи)|"
            r"новости партн[её]ров|по теме|в тему|(?:предыдущая|следующая) (?:статья|новость|запись)",
            r"相关(?:阅读|新闻|报道|文章|推荐|链接|专题)|推荐(?:阅读|文章|新闻)|延伸阅读|热门(?:文章|新闻|"
            r"推荐|阅读|评论)?|更多(?:新闻|精彩|内容|文章|报道)?|"
            r"最新(?:新闻|消息|文章|资讯)|猜你喜欢|热点(?:新闻|推荐|排行)?|(?:新闻|点击)?排行榜?|往期回顾|"
            r"上一篇.{0,60}|下一篇.{0,60}|阅读(?:上|下)一篇|标签|"
            r"相關(?:閱讀|新聞|報導|文章)|延伸閱讀|熱門(?:文章|新聞)?|推薦閱讀|精彩推荐|编辑推荐|"
            r"大家都在看|要闻|即时新闻|为你推荐",
        ),
    ),
    (
        "comments",
        _any(
            r"(?:readers?['\u2019]?|users?|your|latest|recent|all|top) comments|.{0,30}to (?:add|post|"
            r"leave) (?:your|a) comments?|"
            r"\(?\d[\d.,]*\)? comments?|comments(?: ?\(?\d[\d.,]*\)?)?|leave a (?:comment|reply)|"
            r"no comments?(?: yet)?|"
            r"(?:post|add|write|view|show|read|see)(?: a| your| all| \d+)* comments?|"
            r"join the (?:conversation|discussion)|"
            r"comments (?:are closed|off|section)|be the first to comment|what do you think",
            r"(?:\d+ )?комментари(?:и|ев|й|я)(?: ?\(?\d+\)?)?|(?:оставить|добавить|написать) комментарий|"
            r"обсудить|обсуждение|"
            r"комментировать",
            r"(?:网友|最新|热门|全部|我要)?评论(?:列表|区)?(?: ?\(?\d+\)?)?|发表评论|我来说两句|留言|"
            r"條評論|跟帖",
        ),
    ),
    (
        "share",
        _any(
            r"(?:share|tweet|post|pin|send|email|e-mail|print|save|listen|copy(?: link| url)?|link copied|"
            r"bookmark|like|follow)"
            r"(?: (?:this|on|to|via|by|with|us|me|it|now|article|story|page|post|link|save|friends?|"
            r"facebook|twitter|x|whatsapp|telegram|"
            r"linkedin|reddit|e-?mail|google|news|instagram|youtube|print|share)\b|\W)*",
            r"(?:facebook|twitter|x|whatsapp|telegram|linkedin|reddit|pinterest|tumblr|flipboard|messenger|"
            r"instagram|youtube|"
            r"tiktok|vk|viber|line|wechat|weibo|pocket|threads|bluesky|mastodon|rss|email|print|вконтакте|"
            r"одноклассники|дзен|telegram-канал)"
            r"(?:[\s,|/\u2022\u00b7]+(?:facebook|twitter|x|whatsapp|telegram|linkedin|reddit|pinterest|"
            r"tumblr|flipboard|messenger|"
            r"instagram|youtube|tiktok|vk|viber|line|wechat|weibo|pocket|threads|bluesky|mastodon|rss|"
            r"email|print|copy link|share|"
            r"вконтакте|одноклассники|дзен))*",
            r"(?:\d[\d.,]*k? )?(?:shares?|likes?|reactions?|views?|reads?|followers)",
            r"поделиться(?: .{0,30})?|(?:скопировать|копировать) ссылку|ссылка скопирована|распечатать|"
            r"версия для печати|"
            r"отправить|нашли опечатку.{0,60}|подписаться(?: на .{0,40})?",
            r"分享(?:到|至)?.{0,12}|(?:微信|微博|朋友圈|qq空间|qq|新浪微博|豆瓣)(?:[\s|、]+(?:微信|微博|"
            r"朋友圈|qq空间|qq))*|收藏|打印|复制链接|字[号体].{0,12}|纠错|"
            r"(?:大|中|小)(?:[\s|]+(?:大|中|小))+|点赞|转发|举报|扫一扫.{0,30}|扫码.{0,20}",
        ),
    ),
    (
        "navigation",
        _any(
            r"(?:home|menu|search|close|open|toggle|back|next|previous|skip|jump|log|sign|register|"
            r"subscribe|sections?|more|all|"
            r"my|your)(?: (?:page|menu|search|navigation|in|up|out|to|main|content|top|account|profile|"
            r"sections?|now|here|login|sign|"
            r"button|the|news|sidebar|open|close|footer|header))*",
            r"(?:log|sign) ?(?:in|out|up)(?: ?(?:/|or|\|) ?(?:register|sign up|subscribe|join))?|"
            r"donate(?: now)?|become a member|"
            r"(?:contact|about)(?: us)?|newsletters?|podcasts?|e-?paper|login|image|photo|video|gallery|"
            r"live|loading|"
            r"load more(?: .{0,20})?|show more|see all|view all|learn more|find out more|click here",
            r"главная(?: страница)?|меню|поиск|войти|вход|регистрация|личный кабинет|на главную|контакты|"
            r"о (?:нас|проекте|компании)|"
            r"редакция|рекламодателям|наверх|закрыть|показать ещ[её]|загрузить ещ[её]|подробнее",
            r"首页|登录|注册|搜索|菜单|返回(?:首页|顶部)?|导航|网站地图|关于我们|联系我们|登錄|註冊|首頁|"
            r"设为首页|加入收藏|手机版|客户端|下载app|加载更多|查看更多|"
            r"(?:首页|新闻|国际|国内|财经|体育|娱乐|科技|军事|社会|视频|图片|评论)(?:[\s|>、]+(?:首页|新闻|"
            r"国际|国内|财经|体育|娱乐|科技|军事|社会|视频|图片|评论))+",
        ),
    ),
    (
        "measure",
        _any(
            r"(?:reading time\W*)?(?:about )?\d{1,3}[ -]?min(?:ute)?s?(?:[ -](?:read|listen|"
            r"watch))?(?: time)?|"
            r"reading time\W*.{1,20}|estimated reading.{0,30}",
            r"\d[\d.,]*[km]? (?:views?|reads?|shares?|likes?)|(?:views|reads)\W*\d[\d.,]*",
            r"время (?:чтения|на чтение)\W*.{1,20}|\d{1,3} мин(?:\.|ут[ыа]?)?(?: чтения)?|просмотр(?:ов|"
            r"ы)\W*\d+|\d+ просмотр.{0,3}",
            r"(?:阅读|浏览|点击|观看)(?:数|量|次数|时间)?[\s:：]*\d.{0,8}|\d+\s?(?:次)?(?:阅读|浏览|评论|"
            r"点赞)",
        ),
    ),
    (
        "weather",
        _any(
            r"[+\u2212-]?\d{1,3}(?:\.\d)?\s?(?:\u00b0\s?[cf]?|[cf]\u00b0?)",
            r"[\w .'-]{2,30}[,\s]+[+\u2212-]?\d{1,3}(?:\.\d)?\s?\u00b0\s?[cf]?(?:\s.{0,20})?",
            r"[+\u2212-]?\d{1,3}\s?(?:\u00b0\s?[cf]?|\u2103)[\s,/~-]+.{1,30}",
            r"(?:mostly |partly )?(?:cloudy|sunny|clear(?: sky)?|overcast(?: clouds)?|rain|snow|fog|haze|"
            r"broken clouds|scattered clouds)",
        ),
    ),
    (
        "legal",
        _any(
            r"(?:privacy|cookies?|terms|legal|accessibility|copyright|disclaimer|imprint|impressum|sitemap|"
            r"site map|careers|jobs|"
            r"advertis(?:e|ing)|editorial|ethics|corrections?|do not sell)(?: (?:policy|notice|statement|"
            r"of|use|service|conditions|and|&|settings|"
            r"preferences|with|us|info(?:rmation)?|my|personal|code|choices|standards|map))*",
            r"(?:all )?rights reserved|(?:все )?права защищены|политика (?:конфиденциальности|"
            r"обработки.{0,40})|"
            r"пользовательское соглашение|版权(?:所有|声明)|隐私(?:政策|声明)|免责声明|法律声明|用户协议|"
            r"服务条款",
        ),
    ),
    (
        "cookies",
        _any(
            r"(?:accept|reject|allow|manage|customi[sz]e|cookie|consent|got it|i agree|agree|ok|dismiss|"
            r"decline)"
            r"(?: (?:all|cookies?|settings|preferences|options|and|&|close|continue|only|necessary|choices|"
            r"my))*",
            r"принять(?: вс[её])?|согласен|хорошо|понятно|настроить|接受|同意(?:并继续)?|我知道了|拒绝",
        ),
    ),
)

STARTS: Final[tuple[tuple[Cue, re.Pattern[str]], ...]] = (
    (
        "legal",
        _any(
            r"(?:copyright )?(?:\u00a9|\(c\)|&copy;)",
            r"copyright\W+(?:\u00a9 ?)?\d{4}",
            r"все права защищены|при (?:использовании|перепечатке|цитировании) материалов|"
            r"свидетельство о регистрации|"
            r"сетевое издание|учредитель\W|главный редактор\W|адрес редакции|использование материалов",
            r"(?:责任编辑|责编)\s?[:：]|版权所有|未经.{0,12}(?:许可|授权|同意)|[京沪粤浙苏闽鲁川渝津]icp[备证]|(?:京|沪|粤|"
            r"浙)公网安备|违法和不良信息举报|增值电信业务|"
            r"(?:本网|本站)(?:站)?(?:声明|转载)|网络传播视听节目许可证",
        ),
    ),
    (
        "more",
        _any(
            r"(?:read|see|watch|listen|also) (?:more|also|next|read|now)\s?[:|>\u2013\u2014-]",
            r"(?:related|recommended|explainer|watch|more)\s?[:|>]\s?\S",
            r"(?:читайте|смотрите)(?: также| ещ[её]| на эту тему)?\s?[:|>\u2013\u2014-]|(?:по теме|"
            r"ранее по теме|ещ[её] по теме)\s?:",
            r"(?:相关阅读|延伸阅读|推荐阅读|更多|相关新闻|上一篇|下一篇)\s?[:：|>]",
        ),
    ),
    (
        "caption",
        _any(
            r"(?:illustrat(?:ive|ion|ed)|(?:file |stock |archive |handout |courtesy |screen ?)?(?:photo|"
            r"image|picture|photograph|pictured|"
            r"screenshot|graphic|map|video|infographic)|caption|credit|representational image|"
            r"representative image)s?"
            r"(?: (?:by|credit|courtesy|source|via|from|for representation|illustration|shows?|"
            r"caption)(?: of)?\b.{0,60})?\s?(?:[:|/]|via\b|\u00a9)",
            r"(?:photo|image|picture|credit|foto)s? (?:by|courtesy(?: of)?|credit|via|from|from the) \S",
            r"(?:фото|иллюстрация|изображение|снимок|источник (?:фото|изображения)|скриншот|архивное фото|"
            r"на фото|кадр из видео|инфографика)\s?[:./\u00a9\u2013\u2014(]|на фото\b",
            r"(?:图为|资料图|图片|图源|图片来源|图自|供图|示意图|截图|图\s?\d*|△|▲|↑)\s?[:：/|\s]?",
            r"abb\.|foto\s?:|bild\s?:",
        ),
    ),
    (
        "source",
        _any(r"(?:来源|來源|文章来源|稿源|信息来源|消息来源)\s?[:：]", r"источник\s?:", r"source\s?:"),
    ),
    (
        "byline",
        _any(
            r"(?:(?:written|reported|posted|published|story|words|text|analysis|opinion) )?by(?::|"
            r"\s)\s?(?=[^\W\d_])",
            r"(?:authors?|writers?|reporters?|correspondents?|reporting by)\s?[:|]?\s(?=[^\W\d_])",
            r"(?:автор(?:ы)?(?: (?:статьи|материала|текста))?|текст|корреспондент|подготовил[аи]?|"
            r"материал подготовил[аи]?)\s?[:\u2013\u2014]?\s(?=[^\W\d_])",
            r"(?:作者|记者|記者|文|撰文|撰稿|本报记者|本报通讯员|特约记者|特约撰稿|采写)(?:\s?[:：/／|]\s?|"
            r"\s+)(?=\w)",
            r"(?:本报|本刊|新华社|中新网|中新社|新华网)?记者(?=[^。，,\s]{2,12}$)",
            r"(?:von|par|por|di|auteur|autor)\s?:?\s(?=[^\W\d_])",
        ),
    ),
    (
        "dateline",
        _any(
            r"(?:first )?(?:published|posted|updated|last (?:updated|modified|edited)|modified|created|"
            r"date|issued|publication date|"
            r"updated on|upd)(?: (?:on|at|date))?\b",
            r"(?:опубликован[оа]|обновлен[оа]|дата(?: публикации)?|изменен[оа]|добавлен[оа])\b",
            r"(?:发布(?:时间|日期|于)?|发表(?:时间|于)?|更新(?:时间|于)?|时间|日期|發布|更新時間)\s?[:：]?",
        ),
    ),
)

SENTENCES: Final[tuple[tuple[Cue, re.Pattern[str]], ...]] = (
    (
        "cookies",
        _any(
            r"\b(?:we|site|website|our partners)\b.{0,60}\b(?:use|uses|using|store|set)\b.{0,30}\bcookies\b",
            r"cookies? (?:policy|settings|preferences|to (?:improve|ensure|give|provide|personali[sz]e|"
            r"analy[sz]e))",
            r"by (?:continuing|using|browsing|clicking).{0,60}(?:you (?:agree|consent|accept))",
            r"использу(?:ем|ет|ются|я)\b.{0,40}(?:cookies?|куки)|файлы cookie|(?:使用|接受).{0,8}cookies?",
            r"(?:enable|turn on|requires?) javascript|javascript (?:is )?(?:disabled|required)|(?:disable|"
            r"turn off|using) (?:your |an )?ad.?block",
            r"включите javascript|browser does not support|您的浏览器",
        ),
    ),
    (
        "newsletter",
        _any(
            r"(?:sign up|subscribe|register)\b.{0,40}\b(?:newsletter|e-?mails?|briefing|alerts?|updates|"
            r"digest|channel|podcast|inbox|today|now)\b",
            r"(?:get|receive|delivered)\b.{0,80}\b(?:inbox|newsletter)\b|(?:join|follow) (?:us|"
            r"our)\b.{0,40}\b(?:on|channel|telegram|twitter|"
            r"facebook|whatsapp|google news|instagram|youtube|x)\b",
            r"(?:download|get) (?:our|the) app\b|subscribe to (?:continue|read|unlock|our)|"
            r"already a (?:subscriber|member)|"
            r"(?:this|the) (?:article|story) is (?:for|available to) (?:subscribers|members)|"
            r"support (?:our|independent) journalism|"
            r"(?:make|consider) a (?:donation|contribution)|become a (?:member|subscriber|supporter)|"
            r"your e-?mail address will not be",
            r"подпис(?:ывайтесь|ывайся|аться|итесь)\b.{0,60}(?:канал|рассылк|telegram|телеграм|новост|"
            r"страниц|групп|нас|youtube)|"
            r"(?:наш|читайте нас).{0,20}(?:telegram|телеграм|дзен|вконтакте)",
            r"关注(?:我们|公众号|微信|官方).{0,20}|(?:微信|扫描|长按).{0,10}(?:二维码|公众号)|"
            r"下载.{0,10}(?:客户端|app)",
        ),
    ),
    (
        "legal",
        _any(
            r"all rights reserved|(?:may|must) not be (?:published|reproduced|copied|redistributed).{0,80}|"
            r"reproduc(?:ed|tion).{0,40}without.{0,30}permission",
            r"protected by (?:re)?captcha|terms of (?:service|use) (?:and|apply)|privacy policy (?:and|"
            r"apply)|registered (?:company|office|in england)",
            r"все права (?:на материалы )?защищены|гиперссылка (?:на .{0,30})?обязательна|"
            r"без (?:письменного )?разрешения",
            r"版权所有|未经.{0,10}(?:许可|授权|书面)|不得转载|转载请注明|文章仅代表作者|不代表本(?:网|站|"
            r"平台)",
        ),
    ),
)

TELLING: Final = (
    "cookie", "you agree", "you consent", "you accept", "куки", "javascript", "block", "does not support",
    "浏览器",
    "sign up", "subscri", "register", "inbox", "newsletter", "join us", "join our", "follow us", "follow our",
    " app", "member", "journalism", "donation", "contribution", "supporter", "mail address will not be",
    "подпис", "telegram", "телеграм", "дзен", "вконтакте", "关注", "二维码", "公众号", "下载",
    "rights reserved", "not be ", "reproduc", "captcha", "terms of", "privacy policy", "защищены",
    "гиперссылка", "разрешения", "版权", "未经", "转载", "代表",
)  # fmt: skip
"""Of these each form of SENTENCES has one, so that most lines are told by them in a hundredth of the time."""

CREDITS: Final = _any(
    r"\((?:photo|image|picture|credit|ap photo|afp|reuters|getty|фото|illustration)\b[^)]{0,80}\)\s*\.?$",
    r"(?:/|\u2014|\u2013|-|\u00a9|via|\|)\s?(?:getty(?: images)?|afp|ap|epa|reuters|shutterstock|alamy|"
    r"tass|тасс|риа новости|риа|xinhua|新华社|"
    r"bloomberg|wikimedia(?: commons)?|unsplash|anadolu(?: agency)?|ap photo|cc by.{0,12}|видео|handout|"
    r"istock|depositphotos)\b[^.]{0,40}$",
    r"\((?:the )?(?:associated press|[\w .]{2,30}/[\w .]{2,30})\)\W*$",
    r"(?:getty images|shutterstock|wikimedia commons|ap photo|reuters/[\w .'-]{3,30}|afp/[\w .'-]{3,30})\W*$",
    r"(?:供图|摄|资料图|图源[:：]?.{0,12}|/图)[)）]?\s*$",
)
"""Image credits at the end of a line."""

SALUTATIONS: Final = _any(
    r"(?:dear|to whom it may concern|hi|hello|greetings)\b",
    r"(?:многоу|у)важаем(?:ый|ая|ые)\b|дорог(?:ой|ая|ие)\b|здравствуйте\b|добрый (?:день|вечер)\b",
    r"尊敬的|亲爱的|您好|敬启者|sehr geehrte|liebe[r]?\b|estimad[oa]|(?:cher|chère|madame|monsieur)\b",
)
QUOTED_MAIL: Final = _any(
    r"-{2,}\s*(?:original|forwarded) message|-{2,}.{0,10}forwarded by|begin forwarded message",
    r"(?:from|sent)\s?:\s.*(?:@|\d{4})|(?:sent|отправлено|发送时间|gesendet|envoyé)\s?[:：]",
    r"-{2,}\s*(?:исходное|пересылаемое) сообщение|-{2,}\s*原始邮件",
)
SUBJECTS: Final = _any(r"(?:subject|re|ref|тема|о|касательно|主题|关于|事由|betreff|objet|asunto)\s?[:：]\s?")
EDITORS: Final = re.compile(
    r"(?:责任?编辑?|责编|编辑|校对|审核|监制|редактор|editing by|edited by)\s?[:：]?", re.IGNORECASE
)
OUTLETS: Final = re.compile(
    r"(?:copyright )?(?:\u00a9|\(c\)|copyright|版权所有)\W*(?:copyright\W*)?", re.IGNORECASE
)
CRUMBS: Final = re.compile(r"\S\s?(?:[>\u203a\u00bb\u2192]|(?<=\s)/(?=\s))\s?\S")
"""Separators of a breadcrumb trail: two and more of them in a line without a full stop."""


def label_of(line: str) -> Cue | None:
    """Return what a whole short line is by its words alone, or None."""
    if len(line) > 120:
        return None
    plain = bare(line)
    if not plain:
        return None
    return next((cue for cue, form in LABELS if form.fullmatch(plain)), None)


def start_of(line: str) -> Cue | None:
    """Return what the line is by its beginning, or None."""
    head = line[:160].strip().lstrip("-\u2013\u2014\u2022*|[(\uff08\u3010 ").casefold()
    return next((cue for cue, form in STARTS if form.match(head)), None)


def boilerplate(line: str) -> Cue | None:
    """Return the kind of notice that a full sentence is part of (cookies, newsletters, rights), or None."""
    if len(line) > 600:
        return None
    folded = line.casefold()
    if not any(word in folded for word in TELLING):
        return None
    return next((cue for cue, form in SENTENCES if form.search(line)), None)
