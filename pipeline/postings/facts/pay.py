"""What a posting pays: an amount of money counts only where its own clause says that it is pay.

Three things make an amount pay: a word for pay in front of it or behind it, a period of time tied to it, or its
standing alone between separators as a range of thousands. A word for other money in the same clause (funding, a bonus,
an allowance, the cap of a pay scale) makes it none, and so does a size that nobody is paid.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.core import Pay, Period
from pipeline.postings.facts.money import Money, currency_of, find_money

PER_YEAR: dict[Period, int] = {"hour": 2080, "day": 260, "week": 52, "month": 12, "year": 1}
YEARLY_BY_SIZE = {"USD", "EUR", "GBP", "CAD", "AUD", "NZD", "SGD", "CHF"}  # thousands of these are a year's pay
MIN_UNSAID = 12_000  # an amount without a period is a year's from here on
QUOTE = 160  # characters of a quotation

# What one US dollar is worth, roughly: only to tell amounts that nobody is paid, never to convert.
_PER_DOLLAR = {
    "INR": 85, "JPY": 150, "KRW": 1350, "CNY": 7, "CZK": 23, "HUF": 360, "PLN": 4, "SEK": 10, "NOK": 10, "DKK": 7,
    "RUB": 85, "UAH": 40, "TRY": 35, "BRL": 5, "MXN": 19, "ZAR": 18, "RON": 4.6, "AED": 3.7, "ILS": 3.6, "HKD": 7.8,
    "TWD": 32, "ISK": 138,
}  # fmt: skip
_PLAUSIBLE: dict[Period, tuple[float, float]] = {  # in dollars; a tenth of it where prices are lower
    "hour": (2, 900), "day": (15, 6_000), "week": (60, 25_000), "month": (150, 90_000), "year": (2_000, 1_500_000),
}  # fmt: skip

_PERIODS: dict[Period, str] = {
    "hour": r"hour(?:ly)?|hr|h|stunden?|std|stündlich|stundenlohn|stundensatz|heure|horaire|hora|ora|uur|godzin\w*|godz|"
    r"hod|hodin\w*|timme|time(?=lønn)|timme[rn]?|tim|ч|час|時間|時給|小时|시급|시간|óra|saat",
    "day": r"day|daily|diem|p\.?d|tag(?:e|es|essatz)?|jour(?:née)?|tjm|día|dia|giorno|dag|dzień|dnia|md|den|日給|日|天|일급",
    "week": r"week(?:ly)?|wk|woche|wöchentlich|semaine|semana|settimana|tydzień|tygodniowo|vecka|周",
    "month": r"month(?:ly)?|mon|mo|mth|pcm|monat(?:lich|e|s)?|monats(?:gehalt|lohn|brutto)|mtl|mois|mensuel(?:le)?s?|mes|mensual(?:es)?|"
    r"mensuais|mensal|mês|mese|mensil[ei]|maand|per maand|miesięcznie|mies|miesiąc|m-c|měsíčně|měs|měsíc|mesačne|"
    r"mesiac|månad|mån|mnd|måned|kk|kuukausi|hónap|hó|lună|luna|ay|aylık|мес|месяц|місяць|в месяц|月給|月薪|月|월급|월",
    "year": r"years?|yearly|yr|annum|annual(?:ly|ized)?|anual(?:es)?|annuel(?:le)?s?|annui|annu[ao]l?e?|p\.?a|p/a|pa|yıllık|"
    r"jahr(?:lich|es)?|jährlich|p\.? ?j|jahres(?:gehalt|brutto|einkommen)|jahresbruttogehalt|an|ans|année|año|ano|anno|"
    r"rok|rocznie|ročně|år|årligen|vuosi|év|год|рік|年収|年俸|年薪|年|연봉|ral|jaar",
}  # fmt: skip
_PERIOD_OF = [(period, re.compile(rf"(?:{words})\b\.?", re.I)) for period, words in _PERIODS.items()]
_ANY_PERIOD = "|".join(f"(?:{words})" for words in _PERIODS.values())
_GROSS = r"(?:gross|net|brutto|netto|bruto|neto|brut|nets?|brut[ao]|lord[oi]|hrubého|čistého|fixe?|base|\(gross\)|b2b|uop|\+ ?vat)"
_BEHIND_PERIOD = re.compile(
    rf"[^\S\n]*\n?,?(?:[.,]-+)?[^\S\n]*\(?(?:{_GROSS}\s*)*(?P<link>/|per\b|a\b|an\b|each\b|pro\b|im\b|par\b|por\b|al\b|all['’]|na\b|za\b|i\b|om\b|"
    rf"på\b|в\b|на\b|à l['’]|/ ?|p[./]+\s?|\bp\b(?=\s))?\s*(?P<word>{_ANY_PERIOD})(?![^\W\d_぀-鿿가-힣])",
    re.I,
)
_NEEDS_LINK = {"h", "mo", "mes", "an", "ans", "pa", "ora", "hora", "dia", "rok", "ano", "anno", "time", "den", "ay", "år",
               "år", "md", "mon", "tag", "dag", "year", "years", "day", "week", "month", "hour", "hr", "jahr", "monat",
               "stunde", "stunden", "hó", "hod", "tim", "kk"}  # fmt: skip
_AHEAD_PERIOD = re.compile(
    rf"(?<![^\W\d_぀-鿿가-힣])(?P<word>hourly|daily|weekly|monthly|annual(?:ly)?|yearly|day(?= rate)|per (?:hour|day|week|month|year|annum)|"
    r"stundenlohn|stundensatz|tagessatz|monatsgehalt|monatslohn|bruttomonatsgehalt|jahres(?:brutto)?gehalt|jahresbruttogehalt|bruttojahresgehalt|monatlich\w*|jährlich\w*|"
    r"annuel(?:le)?|mensuel(?:le)?|tjm|anual|mensual|mensal|annua|mensile|ral|miesięczn\w+|roczn\w+|godzinow\w+|"
    r"měsíční\w*|roční|月給|年収|年俸|時給|日給|月薪|年薪|연봉|월급|시급|månadslön|årslön|timlön)(?=[^\W\d_]{0,0}|\b)",
    re.I,
)

_PAY_WORDS = re.compile(
    r"\b(?:salar(?:y|ies)|compensation|pay(?:s|ing)?|wages?|remuneration|earn(?:ings?)?|rates?|base|ote|ctc|package|"
    r"stipend|income|\w*geh(?:alt|älter)\w*|vergütung\w*|entgelt\w*|\w*lohn|verdienst|\w+satz|salaires?|rémunération|tjm|salarios?|sueldo|"
    r"retribuci[óo]n\w*|remunera[çc][ãa]o|sal[áa]rio|stipendio|retribuzione|ral|wynagrodzeni\w+|pensja|zarobki|stawka|widełki|mzda|plat|"
    r"\w*lön|løn|lønn|palkka|fizetés|bér|salariu|maaş|ücret|зарплата|оклад|зп|salaris|bruto|brutto|netto|hrubého)\b|"
    r"年収|年俸|月給|時給|日給|給与|月薪|年薪|薪资|薪资|工资|연봉|월급|시급|급여",
    re.I,
)
_PAY_BEHIND = re.compile(
    r"^\W{0,3}(?:a |an |per |/)?(?:\w+ ){0,2}?(?:salary|base\b|doe\b|d\.o\.e|ote\b|depending on|based on|commensurate|dependent on|"
    r"according to|pro rata|gross|brutto|netto|brut|bruto|lord[oi]|(?:\+|plus|and|w/|with|&)\s*(?:[\w-]+ ){0,4}"
    r"(?:[\d.,%\s–-]{1,16})?(?:equity|options|bonus|benefits|stock|commission|full benefits|super)|je nach|nach erfahrung|selon|según)",
    re.I,
)
_OTHER_MONEY = re.compile(
    r"\b(?:rais(?:ed|ing)|fund(?:ed|ing|s|raising|raise)?|revenues?|series [a-f]|seed|valu(?:ed|ation)|market|industry|\w*budgets?|commissions?|"
    r"users?|customers?|arr|mrr|gmv|sales|savings?|save[sd]?|assets?|deposits?|bonus(?:es)?|sign[- ]?on|signing|"
    r"referral|refer|allowances?|stipends?|reimburs\w+|credits?|fitness|gym|401 ?\(?k\)?|commut\w+|tuition|training|learning|education|"
    r"conferences?|insurance|deductible|prizes?|fees?|worth|portfolio|donat\w+|contribut\w+|in the bank|average|"
    r"capped|relocation|hardware|equipment|laptop|books?|"
    r"vouchers?|gift|discounts?|price[ds]?|cost(?:s|ing)?|invest(?:ed|ment|ments|ors?)?|profits?|downloads?|meals?|listings?|subscribers?|"
    r"visit\w*|members?|transactions?|processed|loans?|lend(?:ing)?|turnover|\w*umsatz|\w*prämie|\w*zuschuss|\w*zulage|\w*gutschein\w*|chiffre d['’]affaires|levée|"
    r"prime|fatturato|facturaci[óo]n|obrot\w+|premi[aią]|clearance fee|per (?:user|seat|share)|grants?|awards?|"
    r"equity|stocks?|shares?|options|paid (?:out|our|over|to (?:our|users))|pay our|contracts?(?= (?:worth|valued|over))|projects? (?:worth|valued)|"
    r"lines?|requests?|req|employees|people|companies|businesses|events?|qps|rps|sq(?:uare)?|miles?|km|accounts?|"
    r"(?:extra|additional) )\b|\bup from\b",
    re.I,
)
_STIPEND_IS_PAY = re.compile(r"^\W*(?:\w+ ){0,2}stipend\s*[:–-]", re.I)
_CLAUSE_END = re.compile(r"[;|•·★()\[\]\n]|[.!?](?=\s)|,(?=\s)|\s[+–—/-]\s|\+\s?(?=[a-z\d])|\s(?:and|plus|und|et|y|with)\s|\sw/|&(?=\s)|\s[A-Z]\w+:(?=\s)", re.I)
_LINE_END = re.compile(r"[;|•·★\[\]\n]|[.!?](?=\s)")
_STANDS_ALONE = re.compile(
    r"(?:[\s\d.,%$€£+–—/()-]|\b(?:k|equity|salary|base|ote|doe|dependent|bonus|options|stock|benefits|plus|and|or|full|"
    r"negotiable|competitive|usd|eur|gbp|to|up|approx|around|circa|ca)\b)*",
    re.I,
)
_EXAMPLE = re.compile(r"\b(?:for example|e\.g\.|zum beispiel|z\.b\.|par exemple|por ejemplo)", re.I)
_CAP = re.compile(r"\bmax(?:imum)?\s+(?:advertised\s+)?(?:salary|pay)\b[^:]*$|\b(?:not|never)\s+(?:to\s+)?exceed", re.I)
_UP_TO = re.compile(r"(?:\bup to|\bmax(?:imum|\.)?(?: of)?|\bbis(?: zu)?|\bjusqu['’]à|\bhasta|\bfino a|\bdo|\bat[ée]|\btot|\bupp till)\s*(?:\w{3}\s)?$", re.I)
_FROM = re.compile(r"(?:\bfrom|\bstarting (?:at|from)|\bat least|\bmin(?:imum|\.)?(?: of)?|\babove|\bover|\bab|\bmindestens|\bvon|\bà partir de|\bdès|\bdesde|\bod|\bfrån|\bod)\s*(?:\w{3}\s)?$", re.I)
_AND_UP = re.compile(r"^\s*(?:\+(?=\s*(?:$|[|,;)\n]))|and (?:up|above|more)|or more|upwards|und mehr|et plus)", re.I)


@dataclass(frozen=True)
class _Around:
    """What stands beside an amount: its clause and its line before it, and what follows in each."""

    clause_before: str
    line_before: str
    clause_behind: str
    line_behind: str
    heading: str


def pay_in_text(text: str, *, where: str = "text", country: str | None = None, language: str | None = None) -> Pay | None:
    """Return the pay that a text states first, or None; `country` and `language` settle what a bare $ or kr means."""
    for money in find_money(text):
        around = _look_around(text, money)
        found = _as_pay(text, money, around, country, language)
        if found is not None:
            low, high, currency, period = found
            quote = _quote(text, money)
            return make_pay(low, high, currency, period, quote=quote, where=where)
    return None


def pay_in_fields(fields: Mapping[str, str], *, country: str | None = None, language: str | None = None) -> Pay | None:
    """Return the pay that an export's own fields state: ends with currency and period, or a sentence."""
    stated = fields.get("pay", "").strip()
    low, high = _number(fields.get("pay_low")), _number(fields.get("pay_high"))
    period = period_named(fields.get("pay_period", ""))
    sign = fields.get("pay_currency", "").strip()
    if low or high:
        quote = " ".join(fields[key].strip() for key in ("pay_low", "pay_high", "pay_currency", "pay_period") if fields.get(key, "").strip())
        currency = _code(sign, country, language)
        least = low or high or 0.0
        period = period or _period_by_size(least, currency, is_short=False)
        if currency and period and is_plausible(least, high or low or 0.0, currency, period):
            return make_pay(low or None, high or None, currency, period, quote=quote, where="field")
    if not stated:
        return None
    if sign and not any(money.sign for money in find_money(stated)):
        stated_with_sign = re.sub(r"\d", lambda digit: f"{sign} {digit[0]}", stated, count=1)
    else:
        stated_with_sign = stated
    words = f"Salary: {stated_with_sign} {fields.get('pay_period', '')}"
    found = pay_in_text(" ".join(words.split()), where="field", country=country, language=language)
    return found.model_copy(update={"quote": stated[:QUOTE]}) if found else None


def make_pay(low: float | None, high: float | None, currency: str, period: Period, *, quote: str, where: str) -> Pay:
    """Return pay with its yearly ends."""
    times = PER_YEAR[period]
    return Pay(
        low=low,
        high=high,
        currency=currency,
        period=period,
        yearly_low=None if low is None else round(low * times, 2),
        yearly_high=None if high is None else round(high * times, 2),
        quote=quote,
        where=where,
    )


def period_named(words: str) -> Period | None:
    """Return the period that a word such as "yearly" or "HOUR" names."""
    plain = words.strip().lower().removeprefix("per ").removeprefix("per-").replace("_", " ")
    for period, pattern in _PERIOD_OF:
        if pattern.fullmatch(plain):
            return period
    return None


def is_plausible(low: float, high: float, currency: str, period: Period) -> bool:
    """Tell whether somebody may be paid between these two ends."""
    worth = _PER_DOLLAR.get(currency, 1)
    least, most = _PLAUSIBLE[period]
    cheaper = 0.3 if worth > 1 else 1
    return least * worth * cheaper <= low <= high <= most * worth


def _number(figure: str | None) -> float | None:
    found = re.fullmatch(r"\D{0,3}(\d[\d.,'’\s]*)\D{0,3}", (figure or "").strip())
    from pipeline.postings.facts.money import read_number

    return read_number(found[1].strip()) if found else None


def _code(sign: str, country: str | None, language: str | None) -> str | None:
    if re.fullmatch(r"[A-Za-z]{3}", sign):
        return sign.upper()
    money = next(find_money(f"{sign}1") if sign else iter(()), None)
    return currency_of(money.sign if money else "", country, language)


def _look_around(text: str, money: Money) -> _Around:
    before = text[max(0, money.start - 160) : money.start]
    behind = text[money.end : money.end + 120]
    line_before = _last_piece(before, _LINE_END)
    clause_behind = _first_piece(behind, _CLAUSE_END)
    lines = [line.strip(" \t*#=_-") for line in text[max(0, money.start - 120) : money.start - len(line_before)].split("\n")]
    heading = next((line for line in reversed(lines) if re.search(r"\w", line)), "")
    return _Around(
        clause_before=_last_piece(before, _CLAUSE_END),
        line_before=line_before,
        clause_behind=clause_behind,
        line_behind=_first_piece(behind, _LINE_END),
        heading=heading if len(heading) <= 60 else "",
    )


def _last_piece(text: str, ends: re.Pattern[str]) -> str:
    last = 0
    for match in ends.finditer(text):
        last = match.end()
    return text[last:]


def _first_piece(text: str, ends: re.Pattern[str]) -> str:
    match = ends.search(text)
    return text[: match.start()] if match else text


def _as_pay(
    text: str, money: Money, around: _Around, country: str | None, language: str | None
) -> tuple[float | None, float | None, str, Period] | None:
    """Return the ends, the currency and the period where an amount is pay."""
    currency = currency_of(money.sign, country, language)
    if currency is None or _is_other_money(text, money, around):
        return None
    tied = _period_behind(text, money)
    period = tied or _period_ahead(around) or ("year" if money.is_lakh else None)
    period = period or _period_by_size(money.low, currency, is_short=money.is_short)
    if period is None or not is_plausible(money.low, money.high or money.low, currency, period):
        return None
    if not (_speaks_of_pay(around) or (tied and _tells(tied, money)) or _stands_alone(money, around)):
        return None
    return (*_ends(text, money), currency, period)


def _speaks_of_pay(around: _Around) -> bool:
    return bool(
        _PAY_WORDS.search(around.line_before)
        or _PAY_BEHIND.match(around.line_behind)
        or (len(around.line_before) <= 30 and _PAY_WORDS.search(around.heading))
    )


def _tells(period: Period, money: Money) -> bool:
    """Tell whether a period alone makes an amount pay: an hour's or a year's does, a month's only as a range."""
    return period in ("hour", "year") or money.high is not None


def _stands_alone(money: Money, around: _Around) -> bool:
    """Tell whether thousands stand between separators with nothing but shares of equity beside them."""
    if not money.is_short or not (money.high or money.sign):
        return False
    is_parted = not re.search(r"\w", re.split(r"[:>]", around.clause_before)[-1])
    return is_parted and _STANDS_ALONE.fullmatch(re.split(r": |,", around.line_behind)[0][:60]) is not None


def _is_other_money(text: str, money: Money, around: _Around) -> bool:
    before = text[max(0, money.start - 250) : money.start]
    if _EXAMPLE.search(before) or _CAP.search(re.split(r"[.!?]\s|\n\s*\n", before)[-1]):
        return True
    beside = f"{around.clause_before[-70:]} § {around.clause_behind[:45]}"
    found = [match[0].lower() for match in _OTHER_MONEY.finditer(beside)]
    if found and all(word.startswith("stipend") for word in found) and _STIPEND_IS_PAY.search(around.line_before):
        return False
    return bool(found)


def _period_behind(text: str, money: Money) -> Period | None:
    match = _BEHIND_PERIOD.match(text, money.end)
    if not match:
        return None
    if not match["link"] and match["word"].lower() in _NEEDS_LINK:
        return None
    return period_named(match["word"])


def _period_ahead(around: _Around) -> Period | None:
    found = None
    for match in _AHEAD_PERIOD.finditer(f"{around.heading} {around.line_before}"):
        found = match["word"]
    return _AHEAD.get(found.lower(), None) or _by_stem(found.lower()) if found else None


_AHEAD: dict[str, Period] = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "day": "day"}
_STEMS: tuple[tuple[str, Period], ...] = (
    ("stunden", "hour"), ("godzin", "hour"), ("時", "hour"), ("시", "hour"), ("tim", "hour"), ("tage", "day"),
    ("tjm", "day"), ("日", "day"), ("monat", "month"), ("bruttomonat", "month"), ("mens", "month"), ("mies", "month"), ("měs", "month"),
    ("月", "month"), ("월", "month"), ("månad", "month"), ("per hour", "hour"), ("per day", "day"), ("per week", "week"),
    ("per month", "month"),
)  # fmt: skip


def _by_stem(word: str) -> Period:
    return next((period for stem, period in _STEMS if word.startswith(stem)), "year")


def _period_by_size(low: float, currency: str | None, *, is_short: bool) -> Period | None:
    return "year" if currency in YEARLY_BY_SIZE and low >= MIN_UNSAID else None


def _ends(text: str, money: Money) -> tuple[float | None, float | None]:
    if money.high is not None:
        return money.low, money.high
    before, behind = text[max(0, money.start - 30) : money.start], text[money.end : money.end + 20]
    if _UP_TO.search(before):
        return None, money.low
    if money.is_open or _FROM.search(before) or _AND_UP.match(behind):
        return money.low, None
    return money.low, money.low


def _quote(text: str, money: Money) -> str:
    """Return the line's words around an amount, whole words, at most `QUOTE` characters."""
    start = max(text.rfind("\n", 0, money.start) + 1, money.start - 60)
    end = text.find("\n", money.end)
    end = min(end if end >= 0 else len(text), money.end + 60, start + QUOTE)
    while start > 0 and text[start - 1].isalnum() and start < money.start:
        start += 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum() and end > money.end:
        end -= 1
    return " ".join(text[start:end].split())
