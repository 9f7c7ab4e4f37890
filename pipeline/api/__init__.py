"""The services over HTTP, described in OpenAPI: errors as RFC 9457 problems, long work as jobs, limits and tokens.

`create_app` is the way in.
"""

from pipeline.api.app import create_app
from pipeline.api.context import Limits
from pipeline.api.security import ANY_ADDRESS, is_loopback

__all__ = ["ANY_ADDRESS", "Limits", "create_app", "is_loopback"]
