"""The size that most letters of a document, a line or a row have."""

from collections import Counter
from collections.abc import Iterable


def usual_size(texts: Iterable[tuple[float, str]], default: float) -> float:
    """Return the size of most letters of texts, each given after its size; the default where there are no texts."""
    sizes = Counter[float]()
    for size, text in texts:
        sizes[size] += len(text)
    return sizes.most_common(1)[0][0] if sizes else default
