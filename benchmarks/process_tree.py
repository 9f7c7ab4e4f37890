"""What a command and the processes that it starts cost while it runs: by stage, and the peak of their memory."""

import re
import threading
from collections import defaultdict
from pathlib import Path

import psutil

SECONDS = 1.0  # between two looks
_STAGE = re.compile(rb"^([A-Z][^:\n]*): [\d,]+/[\d,]+\s*$", re.M)


class Watch(threading.Thread):
    """Looks at a process and all below it; `processor` holds seconds by stage, the peaks are in MB.

    The stage is the last that the command's log names. What a process does after its last look is not counted.
    """

    def __init__(self, pid: int, log: Path) -> None:
        super().__init__(daemon=True)
        self.processor: dict[str, float] = defaultdict(float)
        self.peaks: dict[int, float] = defaultdict(float)  # by process, the command's own first
        self.peak = 0.0  # of all at one time
        self._root, self._log = psutil.Process(pid), log
        self._read = log.stat().st_size
        self._stage = "starting"
        self._used: dict[int, float] = {}
        self._ended = threading.Event()

    def run(self) -> None:
        """Look until told to stop."""
        while not self._ended.wait(SECONDS):
            self._look()

    def stop(self) -> None:
        """Look no more."""
        self._ended.set()
        self.join()

    def _look(self) -> None:
        with self._log.open("rb") as log:
            log.seek(self._read)
            new = log.read()
        self._read += len(new)
        self._stage = next((found.decode() for found in reversed(_STAGE.findall(new))), self._stage)
        try:
            processes = [self._root, *self._root.children(recursive=True)]
        except psutil.Error:
            return
        together = 0.0
        for process in processes:
            try:
                times, size = process.cpu_times(), process.memory_info().rss / 1e6
            except psutil.Error:
                continue
            used = times.user + times.system
            self.processor[self._stage] += used - self._used.get(process.pid, 0.0)
            self._used[process.pid] = used
            self.peaks[process.pid] = max(self.peaks[process.pid], size)
            together += size
        self.peak = max(self.peak, together)
