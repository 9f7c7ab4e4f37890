"""Words that tell a job title from an employer, and a degree from a school, in a few languages."""

import re

from pipeline.resumes.reading.words import wordings

_TITLE_WORDS = frozenset(wordings("jobs", "titles"))
_RANKS = frozenset(wordings("jobs", "ranks"))
_ORGANISATION_WORDS = frozenset(wordings("jobs", "organisations"))
_TITLE_PARTS = re.compile(
    r"工程师|经理|总监|主管|实习|开发|顾问|助理|专员|设计师|分析师|研究员|エンジニア|マネージャ|担当|リーダー|主任|部長|課長|開発者|アナリスト|"
    r"デザイナ|インターン|コンサルタント|엔지니어|개발자|매니저|인턴|연구원|디자이너|팀장|대리|과장|분석가|"
    r"\b(?:front|back|full)[- ]?(?:end|stack)\b|\bi+\b(?= *$)|ingenieur\b|entwickler(?:in)?\b|leiter(?:in)?\b|"
    r"berater(?:in)?\b|manager(?:in)?\b|\w{3,}(?:kraft|leitung|chef)\b|kauf(?:mann|frau|leute)\b|angestellte[rn]?\b|"
    r"(?:halter|pfleger|elektriker|elektroniker|mechatroniker|mechaniker|arbeiter|fahrer|anwalt|anwält|techniker|"
    r"monteur|schlosser|schweißer|tischler|verkäufer|erzieher|therapeut|ärzt|sachbearbeiter|laborant|redakteur|"
    r"gestalter|zeichner|disponent|assistent|betreuer)(?:in)?\b",
    re.I,
)
_ORGANISATION_PARTS = re.compile(
    r"公司|集团|大学|学院|銀行|银行|株式会社|有限|대학교|\(주\)|주식회사|ООО|ОАО|شركة|جامعة|בע\"מ|אוניברסיט|\b(?:AI|IO)$|\.(?:com|io|ai|org)\b"
    r"|& (?:Partner|Sons|Söhne|Co)\b|\b(?:City|County|Town|State|Ville|Stadt|Comune|Gemeente) (?:of|de|di|[A-ZÄÖÜ])"
)
_SCHOOL = re.compile(
    r"universi|college|school|institut|academ|polytech|hochschule|gymnasium|lycée|école|ecole|escuela|facultad|"
    r"faculty|scuola|politecnico|"
    r"instituto|schule|akademie|\bETH\b|\bEPFL\b|\bMIT\b|\bTU\b|\bFH\b|\bUC\b|\bUCLA\b|\bNYU\b|\bKTH\b|högskol|"
    r"bootcamp|\b(?:state|secondary|education|examination) board\b|hogeschool|uniwersytet|"
    r"высш|университет|институт|大学|学院|大學|高校|대학|جامعة|معهد|كلية|אוניברסיט|טכניון|conservator|seminary|collège|"
    r"università|liceo",
    re.I,
)
_DEGREE = re.compile(
    r"\b(?:dipl(?:om)?\.?-(?:ing(?:enieur(?:in)?)?|inform(?:atiker(?:in)?)?|kauf(?:mann|frau)|kfm|phys|math|volksw)|ph\.?\s?d|d\.?phil|m\.?phil|b\.?\s?sc|m\.?\s?sc|b\.e|m\.e|hsc|ssc|icse|cbse|b\.?\s?a|m\.?\s?a|b\.?\s?s|m\.?\s?s|b\.?\s?eng|m\.?\s?eng|"
    r"b\.?\s?tech|m\.?\s?tech|"
    r"mba|m\.?b\.?a|emba|bba|b\.?\s?com|m\.?\s?com|llb|ll\.?b|llm|ll\.?m|j\.?d|m\.?d|ed\.?d|m\.?ed|b\.?ed|bfa|mfa|"
    r"mph|mpa|mpp|b\.?arch|m\.?arch|bca|mca|"
    r"a\.?a\.?s?|dba|pharm\.?d|pgce|pgdip|hnd|hnc|ged|abitur|matura|matur|licence|maîtrise|doctorat|baccalauréat|bac|"
    r"dut|bts|deug|cap|laurea|"
    r"bachelor(?:'?s|’s)?|baccalaureate|master(?:'?s|’s)?|magister|doctor(?:ate)?|doktor|promotion|diplom(?:a|e|"
    r"ingenieur|informatiker)?|diplôme|"
    r"associate(?:'?s|’s)?(?= of| in| degree)|associate(?:'s|’s)|certificate|staatsexamen|licenciatura|licenciad[oa]|"
    r"ingenier[oa]|ingeniería|grado|"
    r"doctorado|máster|maestría|bacharel(?:ado)?|mestrado|doutorado|kandidat\w*|civilingenjör\w*|high school|"
    r"secondary school|a-levels?|gcses?|"
    r"minor|major|ing\.|mgr\.|inż\.|undergraduate|postgraduate|graduate degree|degree|nanodegree|ausbildung zum|"
    r"ausbildung zur|mittlere reife|hochschulreife)(?![\w-])\.?",
    re.I,
)
_DEGREE_ASIAN = re.compile(
    r"学士|硕士|博士|本科|修士|学位|학사|석사|박사|бакалавр|магистр|кандидат|بكالوريوس|ماجستير|دكتوراه|תואר"
)


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, `Sr.` and `co-founder` as one word each."""
    return [word.strip(".-'’") for word in re.findall(r"[^\W\d_][\w.'’-]*", text.lower())]


def title_score(text: str) -> float:
    """Say how much a text reads like a job title (above 0) rather than an employer (below 0)."""
    words = words_of(text)
    if not words:
        return 0.0
    pieces = [piece for word in words for piece in (word, *word.split("-"))]
    titles = sum(piece in _TITLE_WORDS for piece in pieces) + len(_TITLE_PARTS.findall(text))
    organisations = sum(word in _ORGANISATION_WORDS for word in words) + len(_ORGANISATION_PARTS.findall(text))
    score = min(titles, 2) * 1.0 + 0.4 * any(word in _RANKS for word in words) - min(organisations, 2) * 0.8
    head = re.split(r",| of | for | in | \(| – | - |/", text.lower())[0].split()
    score += 0.5 if head and head[-1].strip(".") in _TITLE_WORDS else 0.0
    score -= 0.7 if words[-1] in _ORGANISATION_WORDS and words[-1] not in _TITLE_WORDS else 0.0
    return score


def is_organisation(text: str) -> bool:
    """Tell whether a text has a word that only organisations have in their names, as GmbH or University."""
    return any(word in _ORGANISATION_WORDS for word in words_of(text)) or is_school(text)


def is_school(text: str) -> bool:
    """Tell whether a text names a place of learning."""
    return bool(_SCHOOL.search(text))


def degree_score(text: str) -> float:
    """Say how much a text reads like a degree."""
    match = _DEGREE.search(text)
    found = (1.0 if match and match.start() < 4 else 0.6) if match else 0.0
    return (
        found
        + bool(_DEGREE_ASIAN.search(text))
        - (0.8 if is_school(text) and not (match and match.start() < 2) else 0.0)
    )


def split_degree(text: str) -> tuple[str, str | None]:
    """Part a degree from its subject: `MSc in Computer Systems`, `PhD, Physics`, `Bachelor of Science (Maths)`."""
    text = text.strip(" ,;")
    for pattern in (
        r"(.+?),?\s+(?:in|im|in der|en|i|of|für)\s+(?=[^\W\d_])(?!Science\b|Arts\b|Engineering\b|Business Adm|"
        r"Philosophy\b|Technology\b|Laws\b|Fine Arts|Education\b|Commerce\b|Applied Science\b|Medicine\b|Public )(.+)",
        r"(.+? of (?:Science|Arts|Engineering|Technology|Philosophy|Laws|Education|Commerce|Applied Science))"
        r"\s*[,:–-]?\s*\(?([^()]+)\)?",
        r"([^,]+?)\s*[,:–—]\s+(.+)",
    ):
        match = re.fullmatch(pattern, text)
        if match and _is_degree_alone(match[1]):
            return match[1].strip(), match[2].strip()
    match = _DEGREE.match(text)
    if (
        match
        and match.end() < len(text)
        and re.match(r"\s+[^\W\d_]", text[match.end() :])
        and not re.match(r"\s+(?:of|degree|in|diploma|certificate|graduate)\b", text[match.end() :])
    ):
        return match[0].strip(), text[match.end() :].strip()
    return text, None


def _is_degree_alone(text: str) -> bool:
    match = _DEGREE.match(text.strip())
    return bool(match) and len(text.split()) <= 6
