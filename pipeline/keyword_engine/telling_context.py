"""What stands beside a name and tells that it is one, or that it is part of something else."""

import re


def _any_of(words: str) -> str:
    return "(?:" + "|".join(words.split()) + ")"


# Words that stand glued to a name in carelessly exported postings ("SQLExperience", "mustPython").
GLUED_AFTER = re.compile(
    _any_of(
        "Ability Able About Additional Advanced And Basic Bachelor Benefits Certification Communication "
        "Demonstrated Design "
        "Desired Develop Due Education Excellent Experience Experienced Familiar Familiarity For Good Have Highly "
        "In Job "
        "Knowledge Location Minimum Must Nice Our Passion Please Plus Preferred Prior Proficien\\w* Proven "
        "Qualifications "
        "Required Requirements Responsibilities Salary Should Skills Solid Some Strong The This Understanding "
        "Using We What "
        "With Work Working Years You Your"
    )
    + r"(?![a-z])"
)
_ABILITY = _any_of(
    r"experienced? expertise proficient proficiency knowledge familiar familiarity skills? skilled fluent fluency "
    r"competent competence competency background exposure understanding grasp hands[-\s]on certified certification "
    r"expert "
    r"command mastery versed trained comfortable written coding programming scripting development develop build built "
    r"building stack tools? languages? frameworks? software technologies platforms?"
)
_BETWEEN = _any_of(
    r"in of with using on working writing as including included? includes? like such is are level user advanced strong "
    r"good solid intermediate either both one or\s+more at\s+least some the e\.g\. and languages? tools? skills? "
    r"programming"
)
_USE = _any_of(r"using with via such\s+as like e\.g\.,? including plus used? uses knows? code program write script")
# "experience with modern Go", "proficient in: Excel", "using Spark"
CUE_BEFORE = re.compile(
    rf"{_ABILITY}(?:\s+{_BETWEEN}){{0,5}}\s*[:(–-]?\s*$|\b{_USE}(?:\s+(?:either|both|modern|pure|raw))?\s*[:(]?\s*$",
    re.I,
)
# "Go services", "Excel macros", "Swift 5", "R programming"
CUE_AFTER = re.compile(
    r"^['’]?s?\s*(?:(?:programming|scripting|coding|query|markup)\s+)?"
    + _any_of(
        r"language programming developers? development engineers? framework scripts? scripting code\b codebase "
        r"coding sdk "
        r"apis?\b library libraries packages? skills? experience knowledge proficiency expertise certifi\w+ "
        r"administrat\w+ "
        r"dashboards? spreadsheets? macros? formulas? pivot models?\b tables? quer(?:y|"
        r"ies) apps?\b applications?\b clusters? jobs?\b "
        r"services\b "
        r"microservices backend back[-\s]end front[-\s]?end stack consultants? implementation configuration templates? "
        r"workbooks? recipes cookbooks manifests \d+(?:\.\d+)*\b"
    ),
    re.I,
)
_AND = r"\b(?:and|or|und|oder|et|ou|y|o)\b"
LIST_GAP = re.compile(
    rf"^\s*(?:[,/;|+&•·]|{_AND}|\n\s*[-*•]?)(?:\s|{_AND}|&|\b(?:solid|strong|basic|good|some|advanced)\b)*$"
    r"|^\s*\(\s*$|^\s*\)\s*[,/]\s*$",
    re.I,
)
LIST_BEFORE = re.compile(r"(?:[,/;|(:•]|\b(?:and|or))\s*$", re.I)
LIST_AFTER = re.compile(r"\s*(?:[,/;|)]|\.(?:\s|$)|\n|$|(?:and|or)\b)", re.I)
ACROSS_ITEMS = re.compile(r"\n\s*[-*•·▪●–]")  # a name may break over a line, but not over two items of a list
COMPOUND_AFTER = re.compile(r"^(?:[&'’+#@]|\s?&\s?[A-Z]\b)")
COMPOUND_BEFORE = re.compile(r"[&@#$]$|(?<!\b[dl])['’]$", re.I)  # French "d’Excel" is no compound
NEXT_CAPITALISED = re.compile(r"^\s+[A-Z][a-z]")
DOMAIN_TAIL = re.compile(r"\.[a-z0-9]")
VERSION = re.compile(r"(?:v?\d{1,4}(?:\.\d+|\.x)*\+?)(?![\w])")
