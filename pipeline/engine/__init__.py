"""Work on a corpus by parts, in this process or on a Dask cluster, with one answer wherever it runs.

A part is read, worked on and forgotten by one task; tasks give counts that add up, and rows that are written in the
order of the parts. `open_runner` says who does the work, `cluster_by_parts` and the other jobs what there is to do.
"""

from typing import TYPE_CHECKING

from pipeline.core import late_names

if TYPE_CHECKING:
    from pipeline.engine.clustering import PILOT, PartsRun, cluster_by_parts
    from pipeline.engine.counting import analyze_by_parts
    from pipeline.engine.parts import FilePart, MemoryPart, Part, find_parts, parts_of
    from pipeline.engine.runners import ENGINES, EngineName, LocalRunner, Runner, open_runner
    from pipeline.engine.tasks import EncodeWith
    from pipeline.engine.trends import trends_by_parts

__all__ = [
    "ENGINES",
    "PILOT",
    "EncodeWith",
    "EngineName",
    "FilePart",
    "LocalRunner",
    "MemoryPart",
    "Part",
    "PartsRun",
    "Runner",
    "analyze_by_parts",
    "cluster_by_parts",
    "find_parts",
    "open_runner",
    "parts_of",
    "trends_by_parts",
]

__getattr__ = late_names(__name__, __file__)
