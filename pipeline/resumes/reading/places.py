"""Places and links in the parts that the schema has for them."""

import re
from collections.abc import Sequence

from pipeline.resumes.model import Location, Profile
from pipeline.resumes.reading.words import names

_NETWORKS = names("networks")


def profiles_of(urls: Sequence[str]) -> tuple[list[Profile], list[str], list[str]]:
    """Part accounts on networks, sites of one's own, and networks without an account."""
    profiles: list[Profile] = []
    sites: list[str] = []
    rest: list[str] = []
    for url in urls:
        network = next(
            (name for host, name in _NETWORKS.items() if re.search(rf"(?:^|[/.]){re.escape(host)}", url)), None
        )
        path = url.split("//", 1)[-1].rstrip("/").split("/")
        if network and len(path) > 1:
            profiles.append(Profile(network=network, username=path[-1], url=url))
        else:
            (rest if network else sites).append(url)
    return profiles, sites, rest


def location_of(text: str) -> Location:
    """Return a place as town, region and country, or as an address where it has figures or many parts.

    The second of two parts is the country, unless it is a code of two letters, as those of states are.
    """
    pieces = [piece.strip() for piece in re.split(r",|\s[–-]\s", text) if piece.strip()]
    if len(pieces) > 3 or re.search(r"\d", text):
        return Location(address=text)
    if len(pieces) == 1:
        return Location(city=text)
    if len(pieces) == 2 and re.fullmatch(r"[A-Z]{2}", pieces[1]):
        return Location(city=pieces[0], region=pieces[1])
    return Location(city=pieces[0], region=pieces[1] if len(pieces) == 3 else None, country=pieces[-1])
