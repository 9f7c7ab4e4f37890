"""The clustered market as pages read it: cached until the files behind it change, and never filtered here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from pages.ui.reading import file_states, is_unstored, stored_corpus
from pipeline import services
from pipeline.cluster_artifacts import ClusterArtifact, MapDensity, Tree
from pipeline.core import ProgressCallback, ProgressEvent, RolemapError, Settings, get_settings, ignore_progress
from pipeline.keyword_engine import KeywordHit, KeywordReport, default_artifact_path, get_tech_taxonomy, keyword_label
from pipeline.market_trends import PostingFacts, TrendCorpus, TrendReport, read_trend_corpus
from pipeline.postings import Vacancy
from pipeline.report import mentions_of
from pipeline.report import posting_facts as find_facts


def posting_facts(artifact: ClusterArtifact, *, is_named: bool) -> dict[str, PostingFacts]:
    """Return what the clustered postings can be asked by; with their keywords, slow the first time, where asked for."""
    return _facts(*file_states(), artifact, is_named)


@st.cache_resource(max_entries=8, show_spinner=False)
def _facts(corpus: object, state: object, _artifact: ClusterArtifact, is_named: bool) -> dict[str, PostingFacts]:
    return find_facts(_artifact, mentions() if is_named else None)


def stored_facts(*, is_named: bool) -> dict[str, PostingFacts]:
    """Return what the stored postings can be asked by, clustered or not."""
    return _stored_facts(*file_states(), is_named)


@st.cache_resource(max_entries=8, show_spinner="Reading what the postings state")
def _stored_facts(corpus: object, artifact: object, is_named: bool) -> dict[str, PostingFacts]:
    named = mentions() if is_named else None
    return services.facts_of_stored(stored_corpus().vacancies, usable_artifact(), named)


def density(artifact: ClusterArtifact) -> MapDensity | None:
    """Return where all postings lie, where those of an artifact are a sample of them."""
    return _density(services.artifact_state(), len(artifact.map), artifact)


@st.cache_resource(max_entries=4, show_spinner=False)
def _density(state: object, count: int, _artifact: ClusterArtifact) -> MapDensity | None:
    return services.postings_density(_artifact)


def sample_note(artifact: ClusterArtifact) -> str:
    """Return what is to be said of an artifact where a sample stands for its postings; nothing where it has all."""
    if not artifact.is_sample:
        return ""
    drawn = f"{len(artifact.vacancies):,} drawn of {artifact.posting_count:,} postings"
    return f"{drawn}; the ground is stronger where more of all lie."


def usable_artifact() -> ClusterArtifact | None:
    """Return the artifact in use; none where it is missing or broken."""
    try:
        return services.find_artifact()
    except RolemapError:
        return None


def labelled() -> Callable[[str], str]:
    """Return what gives a keyword as people write it."""
    known = _labels(services.artifact_state())
    return lambda keyword: known.get(keyword) or keyword_label(keyword)


@st.cache_resource(max_entries=4, show_spinner=False)
def _labels(artifact: object) -> dict[str, str]:
    found = usable_artifact()
    if found is None:
        return {}
    named = {keyword for cluster in found.clusters for keyword in cluster.evidence} | found.keyword_counts.keys()
    return {keyword: keyword_label(keyword, found.labels) for keyword in named}


def offered_keywords(artifact: ClusterArtifact) -> list[str]:
    """Return the keywords to ask by: those that more than one posting names; none where no posting can be read."""
    if is_unstored(artifact):
        return []
    return [keyword for keyword, count in artifact.keyword_counts.items() if count > 1]


def pool(slug: str) -> list[str]:
    """Return the keywords of a kind of role; none where there is no such."""
    return get_tech_taxonomy().get(slug, [])


def role_names(artifact: ClusterArtifact) -> dict[str, str]:
    """Return the names of the kinds of role by their keys, those of families and specialisms said to be such."""
    tree, roles = artifact.tree or Tree(), {cluster.slug: cluster.name for cluster in artifact.clusters}
    families = {each.slug: f"{each.name} (family)" for each in tree.families}
    specialisms = {each.slug: f"{each.name} (within {roles[each.role]})" for each in tree.specialisms}
    return families | roles | specialisms


def mentions() -> dict[str, frozenset[str]]:
    """Return which keywords each stored posting names; slow the first time, and then kept."""
    return _mentions(services.corpus_state(), services.artifact_state())


@st.cache_resource(max_entries=4, show_spinner=False)
def _mentions(corpus: object, artifact: object) -> dict[str, frozenset[str]]:
    return mentions_of(keyword_reader().hits())


@dataclass(frozen=True)
class KeywordReader:
    """All that is needed to find the postings' keywords, also where no session is at hand."""

    corpus_state: object
    artifact_state: object
    vacancies: Sequence[Vacancy]
    artifact_path: Path
    settings: Settings

    def hits(self) -> dict[str, tuple[KeywordHit, ...]]:
        """Return every keyword that each stored posting names; slow the first time, and then kept."""
        return _hits(self.corpus_state, self.artifact_state, self)

    def trend_corpus(self) -> TrendCorpus:
        """Return the dated postings as trends see them. Raises RolemapError where none has a date."""
        return _trend_corpus(self.corpus_state, self.artifact_state, self)

    def trends(self, query: services.Query, on_progress: ProgressCallback = ignore_progress) -> TrendReport:
        """Return the trends of the postings that answer a question. Raises RolemapError where too few are dated."""
        on_progress(ProgressEvent("Finding keywords", 0, 2))
        self.hits()
        on_progress(ProgressEvent("Fitting trends", 1, 2))
        return _trends(self.corpus_state, self.artifact_state, query, self)


def keyword_reader() -> KeywordReader:
    """Return what reads the keywords of the session's postings."""
    return KeywordReader(*file_states(), stored_corpus().vacancies, default_artifact_path(), get_settings())


@st.cache_resource(max_entries=4, show_spinner="Finding keywords in the postings")
def _hits(corpus: object, artifact: object, _reader: KeywordReader) -> dict[str, tuple[KeywordHit, ...]]:
    return services.posting_keywords(_reader.vacancies, _reader.artifact_path, _reader.settings)


def keyword_report() -> KeywordReport:
    """Return the keyword report of the stored postings, counted anew when they or the artifact change."""
    return _report(*file_states())


@st.cache_resource(max_entries=4, show_spinner="Counting keywords")
def _report(corpus: object, artifact: object) -> KeywordReport:
    return services.keyword_report(stored_corpus().vacancies, keyword_reader().hits())


def posting_index() -> services.PostingIndex:
    """Return the index of the stored postings' words."""
    return _posting_index(services.corpus_state())


@st.cache_resource(max_entries=4, show_spinner="Making the postings ready to be searched")
def _posting_index(state: object) -> services.PostingIndex:
    return services.PostingIndex(stored_corpus().vacancies)


@st.cache_resource(max_entries=4, show_spinner="Reading the dated postings")
def _trend_corpus(corpus: object, artifact: object, _reader: KeywordReader) -> TrendCorpus:
    return read_trend_corpus(_reader.vacancies, _reader.artifact_path, hits=_reader.hits())


@st.cache_resource(max_entries=16, show_spinner="Fitting trends")
def _trends(corpus: object, artifact: object, query: services.Query, _reader: KeywordReader) -> TrendReport:
    return services.market_trends(_reader.trend_corpus(), services.question_of(query))
