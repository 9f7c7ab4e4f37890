"""What the languages of a corpus mean for its clusters, in words."""

from collections import Counter
from collections.abc import Sequence

from pipeline.embedding import languages_read
from pipeline.postings import language_name

LARGE = 0.1  # of the postings, for a language to be worth a note
FOLLOWS = 0.5  # V-measure of clusters and languages from which the clusters follow the language
MULTILINGUAL = "sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2"


def language_notes(languages: Sequence[str | None], labels: Sequence[int], model: str) -> list[str]:
    """Return what to know of clusters given each posting's language: nothing in an ordinary corpus.

    Said are languages of over a tenth of the postings that the embedding model was not made for, and clusters that
    follow the languages rather than the roles.
    """
    counts = Counter(language for language in languages if language)
    large = [language for language, count in counts.most_common() if count > LARGE * len(languages)]
    readable = languages_read(model)
    unread = [language for language in counts if readable is not None and language not in readable]
    badly_read = sum(counts[language] for language in unread)
    notes = []
    if badly_read > LARGE * len(languages):
        named = sorted(unread, key=lambda language: (-counts[language], language))
        listed = ", ".join(f"{language_name(language)} ({counts[language]})" for language in named)
        notes.append(
            f"{badly_read} of {len(languages)} postings are in languages that the embedding model {model} reads badly: "
            f"{listed}. They are grouped by their words and titles more than by their meaning. For groups across "
            f"languages set EMBEDDING_MODEL to a multilingual sentence-transformers model, such as {MULTILINGUAL}."
        )
    if len(large) > 1 and _agreement(languages, labels) > FOLLOWS:
        notes.append(
            "The groups follow the languages of the postings more than their roles: the same role may stand in several "
            "groups, one for each language."
        )
    return notes


def _agreement(languages: Sequence[str | None], labels: Sequence[int]) -> float:
    """Return the V-measure of the groups and the languages, of the postings whose language is known."""
    from sklearn.metrics import v_measure_score

    known = [(language, label) for language, label in zip(languages, labels, strict=True) if language]
    return float(v_measure_score(*zip(*known, strict=True)))
