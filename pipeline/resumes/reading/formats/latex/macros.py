"""LaTeX macros: those that a file defines are replaced by what they stand for. Nothing is run, no file read."""

import re
from collections.abc import Callable

from pipeline.core import UnreadableDocument

MAX_LATEX = 300_000  # characters, before and after macros are replaced
MAX_ROUNDS = 12

_DEFINITION = re.compile(
    r"\\(?:re|provide)?newcommand\*?\s*(?:\{\s*\\([A-Za-z@]+)\s*\}|"
    r"\\([A-Za-z@]+))\s*(?:\[(\d)\])?\s*(?:\[([^\]]{0,300})\])?\s*(?=\{)"
    r"|\\def\s*\\([A-Za-z@]+)\s*((?:#\d)*)\s*(?=\{)"
)
_SPACE = re.compile(r"\s*")


def without_comments(source: str) -> str:
    """Drop comments, and what they would swallow: the line's end with the next line's indent."""
    source = re.sub(r"^[ \t]*%[^\n]*\n", "", source, flags=re.M)
    source = re.sub(r"(?<!\\)((?:\\\\)*)%[^\n]*\n[ \t]*(?=\S)", r"\1", source)
    return re.sub(r"(?<!\\)((?:\\\\)*)%[^\n]*", r"\1", source)


def group_end(source: str, start: int, opening: str = "{", closing: str = "}") -> int:
    """Return where the group that opens at `start` closes; the end of the source where it never does."""
    depth, index = 0, start
    while index < len(source):
        character = source[index]
        if character == "\\":
            index += 1
        elif character == opening:
            depth += 1
        elif character == closing:
            depth -= 1
            if not depth:
                return index
        index += 1
    return len(source)


def arguments_at(source: str, index: int, count: int) -> tuple[list[str], int]:
    """Read up to `count` braced arguments; return them and where they end."""
    found: list[str] = []
    while len(found) < count:
        start = _SPACE.match(source, index).end()  # type: ignore[union-attr]
        if start >= len(source) or source[start] != "{":
            break
        end = group_end(source, start)
        found.append(source[start + 1 : end])
        index = end + 1
    return found, index


def rewritten(source: str, pattern: re.Pattern[str], text_of: Callable[[re.Match[str]], tuple[str, int] | None]) -> str:
    """Put for each command that is found what is to stand there instead.

    `text_of` gives the text and where the command with its arguments ends, or None for one that stays.
    """
    pieces: list[str] = []
    position = 0
    for match in pattern.finditer(source):
        if match.start() >= position and (found := text_of(match)):
            pieces += [source[position : match.start()], found[0]]
            position = found[1]
    return "".join([*pieces, source[position:]])


def expanded_body(source: str) -> str:
    """Return the document's body with the macros that the file defines replaced.

    Raises UnreadableDocument where replacing them does not come to an end.
    """
    if len(source) > MAX_LATEX:
        raise UnreadableDocument("it is longer than a resume should be")
    macros: dict[str, tuple[int, str | None, str]] = {}

    def taken_out(match: re.Match[str]) -> tuple[str, int]:
        end = group_end(match.string, match.end())
        name = match[1] or match[2] or match[5]
        count = int(match[3] or 0) if not match[5] else match[6].count("#")
        macros[name] = (count, match[4], match.string[match.end() + 1 : end])
        return "", end + 1

    text = rewritten(without_comments(source), _DEFINITION, taken_out)
    preamble, begins, body = text.partition(r"\begin{document}")
    if not begins:
        preamble, body = "", text
    body = body.split(r"\end{document}", 1)[0]
    # Classes such as moderncv take the person's name and contact data in the preamble.
    return _person_in(preamble) + _replaced(body, macros)


def _person_in(preamble: str) -> str:
    wanted = (
        "name|firstname|lastname|familyname|title|position|tagline|email|phone|mobile|homepage|github|linkedin|"
        "social|address|author|quote|location|mailaddress|website|gitlab|twitter|xtwitter|orcid|extrainfo"
    )
    found = []
    for match in re.finditer(rf"\\({wanted})\b(\s*\[[^\]]{{0,300}}\])?(?=\s*\{{)", preamble):
        arguments, _ = arguments_at(preamble, match.end(), 3 if match[1] in ("address", "name") else 1)
        found.append(f"\\{match[1]}{match[2] or ''}" + "".join(f"{{{argument}}}" for argument in arguments))
    return "\n".join(found) + "\n\n" if found else ""


def _replaced(body: str, macros: dict[str, tuple[int, str | None, str]]) -> str:
    if not macros:
        return body
    names = re.compile(r"\\(" + "|".join(sorted(map(re.escape, macros), key=len, reverse=True)) + r")(?![A-Za-z@])")
    for _ in range(MAX_ROUNDS):
        body = rewritten(body, names, lambda match: _expansion(match.string, match.end(), macros[match[1]]))
        if len(body) > MAX_LATEX:
            raise UnreadableDocument("its macros never come to an end")
    return body


def _expansion(body: str, index: int, macro: tuple[int, str | None, str]) -> tuple[str, int]:
    count, default, text = macro
    values: list[str] = []
    if default is not None:
        start = _SPACE.match(body, index).end()  # type: ignore[union-attr]
        if body[start : start + 1] == "[":
            end = group_end(body, start, "[", "]")
            values.append(body[start + 1 : end])
            index = end + 1
        else:
            values.append(default)
    found, index = arguments_at(body, index, count - len(values))
    values += found

    def value(match: re.Match[str]) -> str:
        number = int(match[2])
        return f"{match[1]} " * bool(match[1]) + (values[number - 1] if 0 < number <= len(values) else "")

    ends_in_word = not count and text[-1:].isalpha()
    return re.sub(r"(\\[A-Za-z@]+)?#(\d)", value, text) + " " * ends_in_word, index
