"""Errors that a user can mend, as against bugs."""


class RolemapError(Exception):
    """Something the user can put right; the message is shown as it stands, without a traceback."""


class UnreadableDocument(RolemapError):
    """One file that cannot be read; the message is the reason, in a few words."""


class BrokenArtifact(RolemapError):
    """The cluster artifact exists but cannot be used; the message names the file and why."""


class MissingArtifact(RolemapError):
    """There is no cluster artifact yet; the message says how to make one."""
