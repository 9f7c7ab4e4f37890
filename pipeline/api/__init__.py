"""The HTTP API: the product's jobs for other programs."""

from pipeline.api.app import create_app
from pipeline.api.context import Limits

__all__ = ["Limits", "create_app"]
