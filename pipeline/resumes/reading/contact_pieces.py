"""The contact data in the head of a resume: addresses, numbers, links, places, each from one piece of a line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.resumes.model import Location, Profile
from pipeline.resumes.reading.addresses import EMAIL, PHONE, URL
from pipeline.resumes.reading.dates import is_date_text
from pipeline.resumes.reading.job_words import title_score
from pipeline.resumes.reading.lines import BULLET_GLYPHS, Cell
from pipeline.resumes.reading.places import is_place, is_region, is_state
from pipeline.resumes.reading.words import names

_ADDRESS = re.compile(
    r"\b(?:street|st\.|avenue|ave\.?|road|rd\.?|lane|drive|blvd|boulevard|way|square|straße|strasse|str\.|weg|platz|"
    r"allee|rue|via|calle|avenida|gata|gatan|vej|laan|straat)\b.*\d"
    r"|\d+[a-z]?,? .*\b(?:street|st\.?|avenue|ave\.?|road|rd\.?|lane|drive|dr\.|blvd|rue|way|court)\b|\w(?:straße|"
    r"strasse|str\.|weg|platz|allee|gatan|straat) ?\d"
    r"|\b\d{4,6} [^\W\d_]+(?:$|,)",
    re.I,
)
_US_PHONE = re.compile(r"(?<!\d)(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]{1,3}\d{3}[ .-]\d{4}(?!\d)")
_LABEL = re.compile(
    r"^(?:e-?mail(?: address)?|mail|phone(?: number)?|tel(?:ephone|efon|\.)?|mobile?(?: phone)?|mob\.?|cell|handy|"
    r"address|adresse|anschrift|home address|"
    r"location|wohnort|based in|website|web|homepage|portfolio|url|linked-?in|git-?hub|git-?lab|twitter|skype|"
    r"contact|kontakt|name|full name|vor- und nachname|"
    r"邮箱|电子邮箱|电话|手机|地址|メール|電話|電話番号|住所|이메일|전화|주소|"
    r"البريد الإلكتروني|هاتف|الهاتف|العنوان|דוא\"ל|טלפון|телефон|почта|"
    r"city|residence|téléphone|tél\.?|teléfono|correo(?: electrónico)?|courriel|dirección|indirizzo|telefono|e|m|t|p|"
    r"a|w|l)\s*[:：]\s*",
    re.I,
)
_FACT = re.compile(
    r"^(?:date of birth|born|birthday|nationality|citizenship|marital status|gender|geburtsdatum|geboren|"
    r"staatsangehörigkeit|familienstand|né|née|nationalité|"
    r"visa|driving licen[cs]e|permis|führerschein|fecha de nacimiento|nacionalidad|pronouns|"
    r"availability|age|work permit)\b",
    re.I,
)
_SEPARATOR = re.compile(
    rf"\s*[|{BULLET_GLYPHS}⋄♦]\s*|(?<=\S)\s+(?=(?:电话|手机|邮箱|地址|現住所|住所|电子邮箱|電話|メール|이메일|전화|주소)[:：])|\s+[/–—-]\s+|\s{{3,}}|\t|\s+,\s+|;\s+"
)

_NETWORKS = names("networks")
_PLACE_LABELS = (
    "location|address|city|wohnort|adresse|anschrift|residence|dirección|home address|"
    "based in|ort|lieu|domicilio|endereço|indirizzo|地址|住所|주소|العنوان"
).split("|")


@dataclass
class Head:
    """What the head of a resume holds, as it is being found."""

    name: str | None = None
    headline: str | None = None
    sureness: float = 0.0
    email: str | None = None
    phones: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)


def is_contact(text: str) -> bool:
    """Tell whether a line holds contact data or a personal fact."""
    return bool(EMAIL.search(text) or URL.search(text) or PHONE.search(text) or _LABEL.match(text) or _FACT.match(text))


def is_address(text: str) -> bool:
    """Tell whether a line is a postal address: a street and its number, a post code and its town."""
    return bool(_ADDRESS.search(text))


def read_cells(cells: Sequence[Cell], head: Head) -> None:
    """Take the contact data out of a line's cells; what is none of it goes to the rest."""
    for cell in cells:
        linked = {span.text.strip() for span in cell if _read_link(span.text.strip(), span.link, head)}
        for text in _SEPARATOR.split("".join(span.text for span in cell)):
            piece = re.sub(r"\s+", " ", text).strip(" ,;")
            if re.search(r"\w", piece):
                _read_piece(piece, head, is_linked=piece in linked)


def _read_link(text: str, link: str | None, head: Head) -> bool:
    """Take what a link points to where its text does not say it."""
    if not link or not text:
        return False
    if link.startswith("mailto:"):
        head.email = head.email or link.removeprefix("mailto:").split("?")[0]
    elif link.startswith("http"):
        bare = link.split("//", 1)[1].rstrip("/").removeprefix("www.")
        if bare not in {url.split("//", 1)[-1].rstrip("/").removeprefix("www.") for url in head.urls}:
            head.urls.append(link)
    elif not link.startswith("tel:"):
        return False
    return True


def _read_piece(piece: str, head: Head, is_linked: bool) -> None:
    label = _LABEL.match(piece)
    kind = label[0].strip(" :：").lower() if label else ""
    value, had_contact = _without_contact(piece[label.end() :] if label else piece, head)
    if not re.search(r"\w", value) or (is_linked and not is_place(value)) or _LABEL.fullmatch(value + ":"):
        return
    if kind in ("linkedin", "github", "gitlab", "twitter") and " " not in value:
        head.urls.append(f"https://{kind}.com/{'in/' if kind == 'linkedin' else ''}{value.lstrip('@')}")
    elif kind in _PLACE_LABELS or is_place(value) or _ADDRESS.search(value):
        head.places.append(value)
    elif not head.headline and title_score(value) >= 1 and not kind:
        head.headline = value
    elif value != head.name:
        head.rest.append(value if had_contact else piece)


def _without_contact(value: str, head: Head) -> tuple[str, bool]:
    """Move addresses and numbers to the head; return what is left, and whether there were any."""
    email = EMAIL.search(value)
    if email:
        head.email = head.email or email[0].replace(" ", "")
        value = EMAIL.sub(" ", value)
    for url in URL.findall(value):
        _read_link(url, url if url.startswith("http") else f"https://{url}", head)
    value = URL.sub(" ", value)
    phone = _US_PHONE.search(value)
    whole = PHONE.search(value)
    if whole and (phone is None or (phone[0] in whole[0] and whole[0].lstrip(" (").startswith(("+", "00")))):
        phone = whole
    if phone and not is_date_text(phone[0]) and len(re.sub(r"\D", "", phone[0])) >= 7:
        head.phones.append(phone[0].strip())
        value = value.replace(phone[0], " ")
    value = " ".join(value.split()).strip(" ,|·:()-–")
    return re.sub(r"^[^\w+(]+(?=\w)", "", value), bool(email or phone)


def profiles_of(urls: Sequence[str]) -> tuple[list[Profile], list[str], list[str]]:
    """Part accounts on networks, sites of one's own, and networks without an account."""
    profiles: list[Profile] = []
    sites: list[str] = []
    rest: list[str] = []
    for url in urls:
        network = next(
            (name for host, name in _NETWORKS.items() if re.search(rf"(?:^|[/.]){re.escape(host)}", url)), None
        )
        path = url.split("//", 1)[-1].rstrip("/").split("/")
        if network and len(path) > 1:
            profiles.append(Profile(network=network, username=path[-1], url=url))
        else:
            (rest if network else sites).append(url)
    return profiles, sites, rest


def location_of(text: str) -> Location:
    """Return a place as town, region and country, or as an address where it has figures or many parts."""
    pieces = [piece.strip() for piece in re.split(r",|\s[–-]\s", text) if piece.strip()]
    if len(pieces) > 3 or re.search(r"\d", text):
        return Location(address=text)
    if len(pieces) == 1:
        return Location(country=text) if is_region(text) and not text.isupper() else Location(city=text)
    if len(pieces) == 2 and is_state(pieces[-1]):
        return Location(city=pieces[0], region=pieces[-1])
    region = pieces[1] if len(pieces) == 3 else None
    return Location(city=pieces[0], region=region, country=pieces[-1])
