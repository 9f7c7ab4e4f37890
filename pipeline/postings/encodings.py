"""The text of a file whose encoding is not known, told by what its letters would be in each that is likely."""

import re
from collections import Counter

from pipeline.core import UnreadableDocument

SAMPLE_BYTES = 400_000
MIN_FIT = 0.7  # share of the letters beyond ASCII that must belong to one language's alphabet
_SIGNATURES = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive or Office file",
    b"\xd0\xcf\x11\xe0": "an old or encrypted Office file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"\x1f\x8b": "a compressed file",
    b"PAR1": "a Parquet file",
}
_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
# Of code pages that explain a text equally well the first is taken.
_CODE_PAGES = (
    *("cp1252", "cp1250", "iso8859-15", "iso8859-2", "mac_roman", "mac_latin2", "cp1254", "cp1257", "cp1251", "koi8-r"),
    *("iso8859-5", "cp1253", "gb18030", "shift_jis", "euc_jp", "euc_kr", "big5", "cp850", "cp852", "cp437"),
)
_ALPHABETS = (
    "äöüß",  # German
    "àâæçéèêëîïôœùûüÿ",  # French
    "áéíñóúüïçàèò·",  # Spanish, Catalan
    "àèéìîòùó",  # Italian
    "áâãàçéêíóôõú",  # Portuguese
    "éëïöüèáóíê",  # Dutch
    "åäöéøæ",  # Nordic
    "ðþáéíóúýæö",  # Icelandic
    "ąćęłńóśźż",  # Polish
    "áčďéěíňóřšťúůýž",  # Czech
    "áäčďéíĺľňóôŕšťúýž",  # Slovak
    "áéíóöőúüű",  # Hungarian
    "ăâîșțşţ",  # Romanian
    "čćđšž",  # Croatian, Slovene
    "çğıöşüâîİ",  # Turkish
    "ąčęėįšųūž",  # Lithuanian
    "āčēģīķļņšūž",  # Latvian
    "äõöüšž",  # Estonian
    "абвгдежзийклмнопрстуфхцчшщъыьэюяёєіїґ",  # Russian, Ukrainian, Bulgarian
    "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋ",  # Greek
)
_PUNCTUATION = frozenset("–—‘’‚“”„…«»‹›•·°§€£©®™½\xa0¿¡´²³º×†")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def decode(data: bytes) -> str:
    """Return the text of a file: UTF-8 and UTF-16 by their marks, else the encoding whose letters make most sense.

    Raises UnreadableDocument for binary data.
    """
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise UnreadableDocument(f"it is {what}, not text; give it its right ending")
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return without_controls(data.decode(encoding, errors="replace"))
    if unmarked := _unmarked_utf16(data):
        return without_controls(data.decode(unmarked, errors="replace"))
    try:
        return without_controls(data.decode("utf-8"))
    except UnicodeDecodeError:
        return without_controls(_mostly_utf8(data) or _in_code_page(data))


def without_controls(text: str) -> str:
    """Return a text with line feeds alone as line ends and no control characters. Raises UnreadableDocument."""
    if text.count("\x00") > len(text) // 100:
        raise UnreadableDocument("it is binary data, not text")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]", " ", text)


def _unmarked_utf16(data: bytes) -> str | None:
    """Return which UTF-16 a text without a mark is in: in most languages every other byte of its ASCII is zero."""
    head = data[:2000]
    zeros = (head[0::2].count(0), head[1::2].count(0))
    if len(data) % 2 or max(zeros) < len(head) * 0.35 or min(zeros) > len(head) * 0.02:
        return None
    return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"


def _mostly_utf8(data: bytes) -> str | None:
    """Return UTF-8 with a few stray bytes of Windows-1252 in it, or None where the strays are not few."""
    text = data.decode("utf-8", errors="surrogateescape")
    strays = sum("\udc80" <= character <= "\udcff" for character in text)
    sound = sum(character > "\x7f" for character in text) - strays
    if sound < 5 * strays:
        return None
    return re.sub("[\udc80-\udcff]", lambda stray: bytes([ord(stray[0]) - 0xDC00]).decode("cp1252", "replace"), text)


def _in_code_page(data: bytes) -> str:
    sample = _telling_lines(data)
    fits = {encoding: _fit(sample, encoding) for encoding in _CODE_PAGES}
    for encoding in sorted(fits, key=lambda name: -round(fits[name], 2)):
        if fits[encoding] < MIN_FIT:
            break
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE_BYTES]).best()
    if best is None:
        raise UnreadableDocument("it is not text in any encoding that is known")
    return data.decode(best.encoding, errors="replace")


def _telling_lines(data: bytes) -> bytes:
    """Return lines that hold more than ASCII, up to the size of a sample."""
    lines = [line for line in re.split(rb"[\r\n]+", data[: 20 * SAMPLE_BYTES]) if not line.isascii()]
    sample = b"\n".join(lines)
    return sample if len(sample) <= SAMPLE_BYTES else sample[: sample.rfind(b"\n", 0, SAMPLE_BYTES)]


def _fit(sample: bytes, encoding: str) -> float:
    """Return the share of what is beyond ASCII that one language's alphabet and common punctuation explain."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    counts = Counter(_BEYOND_ASCII.findall(text))
    total = counts.total()
    if not total:
        return 0.0
    common = sum(count for character, count in counts.items() if character in _PUNCTUATION)
    letters = max(_explained(counts, frozenset(alphabet + alphabet.upper())) for alphabet in _ALPHABETS)
    far_east = sum(count for character, count in counts.items() if _is_far_eastern(character, encoding))
    # A letter of another script within a Latin word, or a capital after a small letter, is a wrong reading.
    odd = len(
        re.findall(
            r"[a-zA-Z][\u0370-\u04ff\u3040-\u9fff\uac00-\ud7a3]|[\u0370-\u04ff][a-zA-Z]|[a-zß-ÿ][À-ÖØ-Þ][a-z]|\w[¤¦¨¬±¶¸¹¼¾¢¥ª¯÷]\w",
            text,
        )
    )
    return (max(letters, far_east) + common - odd) / total


def _explained(counts: Counter[str], alphabet: frozenset[str]) -> int:
    return sum(count for character, count in counts.items() if character in alphabet)


_FAR_EAST = {"gb18030": "gb2312", "shift_jis": "shift_jis", "euc_jp": "euc_jp", "euc_kr": "euc_kr", "big5": "big5"}


def _is_far_eastern(character: str, encoding: str) -> bool:
    """Tell whether a character is a common one of the script that an encoding was made for."""
    if encoding not in _FAR_EAST or not ("\u3000" <= character <= "\uff5e"):
        return False
    if encoding == "euc_kr":
        return "\uac00" <= character <= "\ud7a3"
    try:
        return bool(character.encode(_FAR_EAST[encoding]))
    except UnicodeEncodeError:
        return False
