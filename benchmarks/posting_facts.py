"""How many of the facts found in real postings are right, and how many of those they state are found.

    python -m benchmarks.posting_facts $EVAL_DATA

`data/posting_facts.jsonl` says what a careful reader found in 310 rows of three public corpora, which lie in a folder
of your own. The set "any" has all facts of 160 postings drawn at large, "paying" the pay of 150 drawn because an amount
of money stands in them. Of each set the part "test" was not read while the finding was written.
"""

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.core import Facts, Pay
from pipeline.postings import find_facts, reads_like_title

LABELS = Path(__file__).parent / "data" / "posting_facts.jsonl"
DOLLARS = ("USD", "CAD", "AUD")
SINGLE = ("workplace", "seniority", "years", "country", "language")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with the corpora")
    parser.add_argument("--show", metavar="FACT", help="print what differs for one fact, such as pay")
    options = parser.parse_args()
    labels = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    corpora = {name: pd.read_parquet(options.data / name) for name in sorted({label["corpus"] for label in labels})}
    counts: Counter[tuple[str, str, str, str]] = Counter()
    left_open: Counter[tuple[str, str]] = Counter()
    for label in labels:
        facts = _facts_of(corpora[label["corpus"]].iloc[label["row"]])
        left_open[label["set"], label["split"]] += bool(facts.pay and facts.pay.currency == "$")
        for fact, wanted, found in compare(label, facts):
            key = (label["set"], label["split"], fact)
            counts[*key, "right"] += len(wanted & found)
            counts[*key, "wrong"] += len(found - wanted)
            counts[*key, "missed"] += len(wanted - found)
            if fact == options.show and wanted != found:
                print(f"{key} {label['corpus']}#{label['row']}: wanted {wanted}, found {found}; {label['ambiguous']}")
    for key in dict.fromkeys(key[:3] for key in counts):
        right, wrong, missed = (counts[*key, what] for what in ("right", "wrong", "missed"))
        print(
            f"{key[0]:7} {key[1]:5} {key[2]:11} precision {_share(right, right + wrong)}  "
            f"recall {_share(right, right + missed)}  of {right + missed}"
        )
    for (name, split), count in left_open.items():
        print(f"{name:7} {split:5} dollars of no named country: {count}")


def compare(label: dict[str, Any], facts: Facts) -> list[tuple[str, set[Any], set[Any]]]:
    """Return for each labelled fact what was wanted and what was found; of several pays any one is wanted."""
    pays = {_ends(pay) for pay in label["pay"]}
    found = {pay for pay in (_as_labelled(facts.pay, pays),) if pay}
    compared: list[tuple[str, set[Any], set[Any]]] = [("pay", (found & pays) or set(list(pays)[:1]), found)]
    if "employment" in label:
        compared.append(("employment", set(label["employment"]), {fact.value for fact in facts.employment}))
        compared += [(name, {label[name]} - {None}, {_value(getattr(facts, name))} - {None}) for name in SINGLE]
    return compared


def _ends(pay: dict[str, Any]) -> tuple[Any, ...]:
    return pay["low"], pay["high"], pay["currency"], pay["period"]


def _as_labelled(pay: Pay | None, wanted: set[tuple[Any, ...]]) -> tuple[Any, ...] | None:
    """Return the pay as the label has it where they agree.

    An end that only one of the two names does not count, nor does a dollar that is left open; `left_open` counts these.
    """
    if pay is None:
        return None
    found = (pay.low, pay.high, pay.currency, pay.period)
    return next(
        (
            each
            for each in wanted
            if all(a == b or None in (a, b) or (b == "$" and a in DOLLARS) for a, b in zip(each, found, strict=True))
        ),
        found,
    )


def _value(fact: Any) -> Any:
    return getattr(fact, "value", fact)


def _facts_of(row: "pd.Series[Any]") -> Facts:
    text = str(row["text"])
    first = text.split("\n", 1)[0].strip()
    title = row["title"] if "title" in row.index else first if reads_like_title(first) else None
    return find_facts(title, text)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "  -  "


if __name__ == "__main__":
    main()
