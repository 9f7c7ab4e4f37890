"""A load test of the API on loopback: how fast `POST /api/analyze` answers a text of 3,000 characters, and how many.

    python -m benchmarks.api_load [--seconds 10] [--rate 40] [--texts 200]

It serves the workspace in use in a process of its own. Requests leave at fixed times whether or not earlier ones have
been answered, so that a slow answer is counted in full. The encoder is measured alone, in this process, on the same
texts. Every text is another one, so that no cache answers.
"""

import argparse
import asyncio
import itertools
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence

import httpx2

from pipeline.core import PROJECT_ROOT
from pipeline.embedding.encoder import load_encoder
from pipeline.services import read_corpus

CHARACTERS = 3000
WARM = 10


def make_texts(count: int) -> list[str]:
    """Return texts of postings, each unlike any other from its first words on."""
    postings = itertools.cycle("\n".join([v.title or "Job", *[v.text] * 5]) for v in read_corpus().vacancies)
    return [f"Opening {number}: {next(postings)}"[:CHARACTERS] for number in range(count)]


def quantile(seconds: Sequence[float], part: float) -> float:
    """Return a quantile in milliseconds."""
    ordered = sorted(seconds)
    return 1000 * ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def show(name: str, seconds: Sequence[float], statuses: Counter[int], elapsed: float) -> None:
    """Print one line of figures."""
    found = ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items()))
    print(
        f"{name:<34} median {1000 * statistics.median(seconds):7.1f} ms  p99 {quantile(seconds, 0.99):7.1f} ms  "
        f"{statuses[200] / elapsed:6.1f} answers/s  {found}",
        flush=True,
    )


class Load:
    """Sends texts to a server and keeps what came of them."""

    def __init__(self, client: httpx2.AsyncClient, texts: Iterator[str], *, use_semantic: bool) -> None:
        self._client, self._texts, self._use_semantic = client, texts, use_semantic
        self.seconds: list[float] = []
        self.statuses: Counter[int] = Counter()

    async def send(self, due: float | None = None) -> None:
        """Send one text; its time counts from when it was due."""
        started = time.perf_counter() if due is None else due
        body = {"job_description": next(self._texts), "use_semantic": self._use_semantic}
        try:
            answer = await self._client.post("/api/analyze", json=body)
            self.statuses[answer.status_code] += 1
            if answer.status_code == 200:
                self.seconds.append(time.perf_counter() - started)
        except httpx2.HTTPError:
            self.statuses[0] += 1

    async def one_by_one(self, count: int) -> float:
        """Send texts one after the other; return the seconds that it took."""
        started = time.perf_counter()
        for _ in range(count):
            await self.send()
        return time.perf_counter() - started

    async def at_rate(self, rate: float, seconds: float) -> float:
        """Send texts at fixed times; return the seconds until the last answer."""
        started = time.perf_counter()
        async with asyncio.TaskGroup() as tasks:
            for number in range(int(rate * seconds)):
                due = started + number / rate
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                tasks.create_task(self.send(due))
        return time.perf_counter() - started


async def measure(url: str, texts: Sequence[str], options: argparse.Namespace) -> None:
    """Run every load against a server and print its figures."""
    endless = itertools.cycle(texts)
    limits = httpx2.Limits(max_connections=400)
    async with httpx2.AsyncClient(base_url=url, timeout=300, limits=limits) as client:
        for use_semantic in (False, True):
            what = "by meaning" if use_semantic else "by keywords"
            await Load(client, endless, use_semantic=use_semantic).one_by_one(WARM)
            alone = Load(client, endless, use_semantic=use_semantic)
            elapsed = await alone.one_by_one(options.texts)
            show(f"{what}, one at a time", alone.seconds, alone.statuses, elapsed)
            base = options.rate if not use_semantic else 0.5 * options.texts / elapsed
            for times in (1, 4):
                load = Load(client, endless, use_semantic=use_semantic)
                elapsed = await load.at_rate(times * base, options.seconds)
                show(f"{what}, {times * base:.0f} requests/s", load.seconds or [0.0], load.statuses, elapsed)


def measure_encoder(texts: Sequence[str]) -> None:
    """Print how long the encoder alone takes for each text."""
    encoder = load_encoder()
    seconds = []
    for text in texts[: WARM + len(texts)]:
        started = time.perf_counter()
        encoder.encode([text], lambda count: None)
        seconds.append(time.perf_counter() - started)
    show("the encoder alone", seconds[WARM:], Counter({200: len(seconds) - WARM}), sum(seconds[WARM:]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rate", type=float, default=40, help="requests a second by keywords; also four times as many")
    parser.add_argument("--texts", type=int, default=200)
    options = parser.parse_args()
    texts = make_texts(options.texts)
    measure_encoder(texts)
    command = [sys.executable, "main.py", "serve", "--port", "0"]
    server = subprocess.Popen(command, cwd=PROJECT_ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert server.stdout is not None
        asyncio.run(measure(server.stdout.readline().split()[-1], texts, options))
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
