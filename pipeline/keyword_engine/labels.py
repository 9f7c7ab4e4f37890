"""Keywords as people write them: "SQL", "gRPC", "large language models". Keys stay canonical and in lower case."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from pipeline.core import WatchedFiles
from pipeline.keyword_engine.lexicon import load_lexicon
from pipeline.keyword_engine.names import canonical_keyword, lexicon_files

_names: WatchedFiles[dict[str, str]] = WatchedFiles(most=4)


def keyword_label(keyword: str, labels: Mapping[str, str] | None = None) -> str:
    """Return a keyword as a person is shown it: in the lexicon's own spelling, else as `labels` has it, else as it is.

    `labels` are those that an artifact keeps of terms that no lexicon knows.

    >>> keyword_label("grpc"), keyword_label("ledger tuning", {"ledger tuning": "Ledger Tuning"})
    ('gRPC', 'Ledger Tuning')
    """
    known = _lexicon_names()
    own = known.get(keyword) or (labels or {}).get(keyword)
    return own or known.get(canonical_keyword(keyword), keyword)


def keyword_labels(keywords: Iterable[str], labels: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the label of each keyword that is written otherwise than its key."""
    told = {keyword: keyword_label(keyword, labels) for keyword in keywords}
    return {keyword: label for keyword, label in told.items() if label != keyword}


def usual_spelling(term: str, sentences: Iterable[str]) -> str:
    """Return how most sentences write a term; of spellings as frequent, the one with the fewest capitals.

    >>> usual_spelling("haccp plan", ["Keep the HACCP plan.", "HACCP Plan", "A HACCP plan is kept."])
    'HACCP plan'
    """
    pattern = re.compile(r"(?<!\w)" + r"[-\s]+".join(map(re.escape, term.split())) + r"(?!\w)", re.I)
    met = Counter(" ".join(match[0].split()) for sentence in sentences for match in pattern.finditer(sentence))
    return min(met, key=lambda spelling: (-met[spelling], sum(map(str.isupper, spelling)), spelling), default=term)


def _lexicon_names() -> dict[str, str]:
    files = lexicon_files()
    # Of two entries with one key, the later is the user's own.
    return _names.get(tuple(files), files, lambda: {e.keyword: e.name for e in load_lexicon(files)})
