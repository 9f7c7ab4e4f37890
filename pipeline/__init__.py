"""Rolemap: job postings clustered into kinds of role, and everything that follows from the clusters."""

__version__ = "0.1.0"
