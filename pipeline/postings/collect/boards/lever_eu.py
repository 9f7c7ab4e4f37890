"""Lever's European instance: the same as Lever under another address."""

from dataclasses import replace

from pipeline.postings.collect.boards import lever

BOARD = replace(
    lever.BOARD,
    name="lever-eu",
    title="Lever (EU)",
    address="https://api.eu.lever.co",
    links=(r"jobs\.eu\.lever\.co/([^/?#]+)",),
)
