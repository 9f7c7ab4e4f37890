"""In which code page an RTF document writes its letters: that of the document, or that of the font."""

import codecs
import re

_CODECS = {
    0: "cp1252", 2: "symbol", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250",
}  # fmt: skip
_FONT = re.compile(r"\\f(\d{1,5})\b([^{}]{0,300}?)\\fcharset(\d{1,3})")
_CODE_PAGE = re.compile(r"\\ansicpg(\d{1,5})")
USUAL = "cp1252"


def fonts_in(text: str) -> dict[int, str]:
    """Return the code page of each font of the document's table that names one other than the usual."""
    start = text.find("{\\fonttbl")
    fonts = _FONT.findall(text[start : start + 100_000]) if start >= 0 else []
    codecs_of = {int(number): _CODECS.get(int(charset), "") for number, _, charset in fonts}
    return {number: codec for number, codec in codecs_of.items() if codec and codec != USUAL}


def codec_of(text: str) -> str:
    """Return the code page of the document."""
    named = _CODE_PAGE.search(text[:2_000])
    if named is None:
        return "mac_roman" if "\\mac" in text[:200] else USUAL
    try:
        return codecs.lookup(f"cp{named[1]}").name
    except LookupError:
        return USUAL
