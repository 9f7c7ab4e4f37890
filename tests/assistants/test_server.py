"""An assistant's own client talks to the command over standard input and output."""

import json
import sys
from pathlib import Path
from typing import Any

import anyio
from mcp import ClientSession, StdioServerParameters, stdio_client

from tests.sandbox import ROOT, own_environment

QUESTIONS: list[tuple[str, dict[str, Any]]] = [
    ("market", {"question": {"level": ["senior"]}}),
    ("roles", {}),
    ("keywords", {"text": "You write SQL and Python."}),
    ("search_postings", {"words": "kafka -nurse", "question": {}, "limit": 3}),
    ("posting", {"id": "nowhere"}),
    ("fit", {}),
    ("trends", {"question": {}}),
]


def test_an_assistant_asks_every_tool_and_is_told_what_is_wrong(clustered: Path) -> None:
    answers = anyio.run(_ask_all, clustered)
    texts = {name: text for name, (text, _) in answers.items()}
    failed = {name for name, (_, is_error) in answers.items() if is_error}
    assert failed == {"posting", "fit"}
    assert "ROLEMAP_RESUME" in texts["fit"]
    market = json.loads(texts["market"])
    assert 0 < market["postings"] < market["of"]
    assert sum(role["postings"] for role in market["roles"]) == market["postings"]
    assert '"SQL"' in texts["keywords"]
    assert "asks_for" in texts["roles"]
    assert "kafka" not in texts["fit"]
    assert "rising" in texts["trends"]


async def _ask_all(home: Path) -> dict[str, tuple[str, bool]]:
    command = StdioServerParameters(
        command=sys.executable, args=[str(ROOT / "main.py"), "mcp"], env=own_environment(home), cwd=str(ROOT)
    )
    async with stdio_client(command) as (read, write), ClientSession(read, write) as session:
        await session.initialize()
        tools = {tool.name for tool in (await session.list_tools()).tools}
        assert tools == {*(name for name, _ in QUESTIONS), "match"}
        answers = {}
        for name, arguments in QUESTIONS:
            result = await session.call_tool(name, arguments)
            answers[name] = ("\n".join(getattr(part, "text", "") for part in result.content), bool(result.is_error))
        return answers
