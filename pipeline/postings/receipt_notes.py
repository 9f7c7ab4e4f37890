"""A receipt in words."""

from pipeline.postings.languages import language_name
from pipeline.postings.receipts import FileReceipt


def receipt_notes(receipt: FileReceipt) -> list[str]:
    """Return what a reader of a file's receipt should know beyond what was taken, a sentence each."""
    notes = []
    if receipt.languages:
        total = sum(receipt.languages.values())
        shares = (f"{language_name(code)} {count / total:.0%}" for code, count in receipt.languages.items())
        notes.append(f"languages: {', '.join(shares)}")
    if receipt.dates_unread:
        hint = receipt.date_hint or "it names no day by itself"
        notes.append(
            f"{receipt.dates_unread:,} of {receipt.rows:,} dates could not be read, "
            f"such as {receipt.date_example!r}: {hint}"
        )
    if receipt.renamed:
        shown = ", ".join(receipt.renamed_examples)
        notes.append(
            f"{receipt.renamed:,} postings bear an id that an earlier one has with another text ({shown}); "
            "they are kept under ids of their own"
        )
    return notes
