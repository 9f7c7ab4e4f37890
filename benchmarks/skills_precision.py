"""How many of the technologies and skills found in twenty ads are right, by reading them.

    python -m benchmarks.skills_precision

`data/skills_read.jsonl` holds ten ads of other trades, written for this, and names ten of the sample postings. For each
it lists what was found and is wrong: the words as written, or the keyword after an asterisk. Whatever else is found
counts as right, so read the list again after a change to the lexicon (`--show`).
"""

import argparse
import json
from pathlib import Path

from pipeline.keyword_engine import find_terms_in_context
from pipeline.services import read_corpus

READ = Path(__file__).parent / "data" / "skills_read.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print what is found in each ad")
    options = parser.parse_args()
    stored = {vacancy.id: vacancy.text for vacancy in read_corpus().vacancies}
    right = total = 0
    for line in READ.read_text(encoding="utf-8").splitlines():
        read = json.loads(line)
        text = read.get("text") or stored[read["ad"]]
        found = {(m.entry.keyword, " ".join(text[m.start : m.end].split())) for m, _ in find_terms_in_context(text)}
        wrong = {(k, s) for k, s in found if s in read["wrong"] or f"*{k}" in read["wrong"]}
        right, total = right + len(found - wrong), total + len(found)
        if options.show:
            print(read["ad"], *sorted(f"{k} ({s})" for k, s in found), sep="\n  ")
    print(f"{right} of {total} right: precision {right / total:.3f}")


if __name__ == "__main__":
    main()
