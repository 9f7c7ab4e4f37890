"""The smaller sections: certificates, awards, languages, and all that the schema lacks."""

import re
from collections.abc import Callable, Sequence

from pipeline.resumes.model import (
    Award,
    Certificate,
    Language,
    OtherItem,
    OtherSection,
    ResumePart,
)
from pipeline.resumes.reading.dates import find_dates, is_date_text
from pipeline.resumes.reading.lines import BULLET_GLYPHS, Line, cell_text
from pipeline.resumes.reading.list_items import date_out_of, list_items
from pipeline.resumes.reading.notes import Noted
from pipeline.resumes.reading.skills import split_items

_BY = re.compile(r"^(.+?)(?:\s+[–—-]\s+|,\s+|\s*[|·]\s*|\s+\(|\s+(?:by|from|issued by)\s+)(.+?)\)?$")
_FLUENCY = re.compile(
    r"^(?P<language>[^\W\d_][^,:;(){}\[\]–—|-]{1,30}?)\s*(?:[(:\[–—|,-]+\s*(?P<fluency>.+?)\s*[)\]]?)?$"
)
_LEVEL = re.compile(
    r"\b(?:native|fluent|mother tongue|bilingual|proficien\w*|advanced|upper|intermediate|basic|beginner|elementary|"
    r"conversational|working|"
    r"limited|professional|[abc][12]|muttersprache|fließend|verhandlungssicher|grundkenntnisse|gut|sehr gut|langue "
    r"maternelle|courant|notions|"
    r"bilingue|nativo|nativa|fluido|avanzado|intermedio|básico|madrelingua|moedertaal|modersmål|flytande|toefl|ielts|"
    r"jlpt|n[1-5])\b",
    re.I,
)
_CODE_WORDS = re.compile(
    r"\b(?:python|java|javascript|c\+\+|sql|html|css|go|rust|php|ruby|kotlin|swift|bash|typescript)\b", re.I
)


def _listed(kind: type[ResumePart], name_key: str, by_key: str) -> Callable[[Sequence[Line]], list[Noted[ResumePart]]]:
    def read(lines: Sequence[Line]) -> list[Noted[ResumePart]]:
        result = []
        for text, below, entry in list_items(lines):
            name, date = date_out_of(text)
            by = None
            cells = [cell_text(cell) for cell in entry.header[0].cells if not is_date_text(cell_text(cell))]
            if len(cells) > 1:
                name, by, below = cells[0], cells[1], [*cells[2:], *below]
            label = None if by else re.match(r"([^:]{3,80}?)\s*:\s+(\S.+)", name)
            if label:
                name, below = label[1], [label[2], *below]
            else:
                match = None if by or (below and " | " not in name) else _BY.match(name)
                if (
                    match
                    and match[2][:1].isupper()
                    and not _holds_date(match[2])
                    and (len(match[1].split()) > 1 or " | " in name)
                    and "(" not in match[1]
                ):
                    name, by = match[1].strip(), match[2].strip()
            values = {name_key: name, by_key: by, "date": (date.end or date.start) if date else None}
            details = [line for line in below if line]
            if "summary" in kind.model_fields:
                values["summary"] = "\n".join(details) or None
                details = []
            if date and (date.is_range or not date.is_exact) and date.text not in name:
                details.append(date.text)
            noted = Noted(kind(**values, notes=details))
            noted.rate(
                name_key, 0.85 if not by else 0.75, "" if not by else "Name and giver were parted at a comma or dash."
            )
            result.append(noted)
        return result

    return read


def _holds_date(text: str) -> bool:
    return bool(find_dates(text))


read_awards = _listed(Award, "title", "awarder")
read_certificates = _listed(Certificate, "name", "issuer")


def read_languages(lines: Sequence[Line]) -> list[Noted[Language]]:
    """Return the languages spoken, with how well."""
    result = []
    for line in lines:
        cells = [cell_text(cell) for cell in line.cells]
        pairs = len(cells) > 1 and (cells[0].endswith(":") or (len(cells) == 2 and bool(_LEVEL.search(cells[1]))))
        texts = [f"{cells[0].strip(' :')} ({', '.join(cells[1:])})"] if pairs else cells
        for text in (piece for cell in texts for piece in _language_pieces(cell)):
            match = _FLUENCY.match(text)
            if match:
                language = Language(language=match["language"].strip(), fluency=match["fluency"])
            else:
                language = Language(language=text)
            noted = Noted(language)
            noted.rate("language", 0.9 if match else 0.5)
            result.append(noted)
    return result


def _language_pieces(text: str) -> list[str]:
    pieces = [re.sub(r"^(?:and|und|et|y)\s+", "", piece) for piece in split_items(text.strip(" ."))[0]]
    merged: list[str] = []
    for piece in pieces:
        if merged and _LEVEL.match(piece) and "(" not in merged[-1] and not _LEVEL.search(merged[-1]):
            merged[-1] = f"{merged[-1]}, {piece}"
        else:
            merged.append(piece)
    return merged


def looks_like_code(lines: Sequence[Line]) -> bool:
    """Tell whether a section called Languages lists programming languages."""
    return len(_CODE_WORDS.findall(" ".join(line.text for line in lines))) >= 2


def read_other(title: str, lines: Sequence[Line]) -> OtherSection:
    """Keep a section that the schema lacks as it stands."""
    items = [
        OtherItem(text=line.text.strip(BULLET_GLYPHS + " "), is_bullet=line.is_bullet) for line in lines if line.text
    ]
    return OtherSection(title=title or None, items=items)
