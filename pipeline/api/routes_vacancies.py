"""Routes that say what is read of postings, before anything is made of them."""

from functools import partial
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile

from pipeline.api.context import ServiceDependency
from pipeline.core import RolemapError
from pipeline.postings import parse_columns
from pipeline.services import Receipt, make_receipt, read_receipt, read_upload

POSTINGS = "A file of postings in any format that is read, told apart by the ending of its name."
COLUMNS = "Which column holds what, such as title=Job Title,text=Tasks+Profile; what is not named is guessed."

router = APIRouter(prefix="/api", tags=["vacancies"])


@router.get("/vacancies/receipt")
async def stored_receipt(service: ServiceDependency) -> Receipt:
    """Say what is read of the stored postings: what is taken for what, what is left out and why."""
    return await service.answer(read_receipt)


@router.post("/vacancies/receipt")
async def upload_receipt(
    service: ServiceDependency,
    postings: Annotated[UploadFile, File(description=POSTINGS)],
    columns: Annotated[str, Form(description=COLUMNS, max_length=5_000)] = "",
) -> Receipt:
    """Say what would be read of a file of postings; nothing of it is stored."""
    name = Path(postings.filename or "").name or "postings"
    return await service.answer(partial(_receipt, name, await postings.read(), columns))


def _receipt(name: str, data: bytes, columns: str) -> Receipt:
    receipt = make_receipt(read_upload(name, data, parse_columns([columns] if columns.strip() else [])))
    if not receipt.postings:
        reason = receipt.skipped[0].reason if receipt.skipped else "it holds no postings"
        raise RolemapError(f"{name} cannot be read: {reason}.")
    return receipt
