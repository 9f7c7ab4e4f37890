"""One thread for numbers: sums over threads come out in any order, and threads that wait for each other burn time."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from threadpoolctl import threadpool_limits

# Only libraries that are loaded can be told, so those that bring threads of their own are loaded first.
_THREADED = ("scipy.linalg", "sklearn.cluster", "sklearn.manifold", "sklearn.neighbors")


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep every numeric library of this process on one thread for a while."""
    for module in _THREADED:
        import_module(module)
    with threadpool_limits(1):
        yield
