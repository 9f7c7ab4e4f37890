"""Ads a second on one core: Rolemap's matcher, one compiled `re` alternation, and spaCy's PhraseMatcher, same terms.

    python -m benchmarks.matching_speed [--ads 300]

The ads are the sample postings, repeated to 3,400 characters. spaCy comes with `benchmarks/requirements.txt`.
"""

import argparse
import itertools
import re
import time
from collections.abc import Callable
from importlib.util import find_spec

from pipeline.keyword_engine import TermMatcher, load_lexicon
from pipeline.services import read_corpus

CHARACTERS = 3400


def seconds(run: Callable[[str], object], ads: list[str]) -> float:
    """Return the processor time of one pass over the ads, the best of three."""
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        for ad in ads:
            run(ad)
        best = min(best, time.process_time() - started)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ads", type=int, default=300)
    options = parser.parse_args()
    texts = itertools.cycle("\n".join([v.text] * 20) for v in read_corpus().vacancies)
    ads = [next(texts)[:CHARACTERS] for _ in range(options.ads)]
    entries = load_lexicon()
    terms = sorted({s.text for entry in entries for s in entry.spellings}, key=lambda term: (-len(term), term))
    print(f"{len(entries):,} entries, {len(terms):,} spellings, {len(ads)} ads of {CHARACTERS:,} characters")
    matcher = TermMatcher(entries)
    print(f"Rolemap:  {len(ads) / seconds(matcher.find, ads):8,.0f} ads/s")
    few = ads[:3]
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, terms))})(?!\w)", re.I)
    print(f"re:       {len(few) / seconds(pattern.findall, few):8,.2f} ads/s")
    if find_spec("spacy"):
        import spacy
        from spacy.matcher import PhraseMatcher

        language = spacy.blank("en")
        phrases = PhraseMatcher(language.vocab, attr="LOWER")
        phrases.add("TERM", list(language.tokenizer.pipe(terms)))
        part = ads[:100]
        print(f"spaCy:    {len(part) / seconds(lambda ad: phrases(language.tokenizer(ad)), part):8,.0f} ads/s")


if __name__ == "__main__":
    main()
