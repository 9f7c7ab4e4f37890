"""The sheets that a resume is set on."""

from typing import Literal

Paper = Literal["a4", "us-letter"]
PAPER_SIZES: dict[Paper, tuple[float, float]] = {"a4": (21.0, 29.7), "us-letter": (21.59, 27.94)}  # centimetres
