"""The dated postings that trends are made of: repeats folded, keywords found once, questions put."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from pipeline.cluster_artifacts import ClusterArtifact, Evidence, groups_of_postings, load_artifact
from pipeline.core import Facts, ProgressCallback, ProgressEvent, RolemapError, ignore_progress
from pipeline.keyword_engine import (
    KeywordHit,
    Kind,
    default_artifact_path,
    extract_keywords_from_text,
    keyword_labels,
    taxonomy_notice,
)
from pipeline.market_trends.questions import MarketQuestion, PostingFacts
from pipeline.postings import Vacancy, facts_of, find_duplicates, sentence_at, sentence_starts, shown_sentence

STRAY_GAP = 24  # months without a posting that part a stray date from the others
STRAY_FRACTION = 0.02  # of the postings, at most, lie beyond such a gap
DAYS_LACKING = 4  # days without postings at an end of a month, from which it counts as a part
FEWEST_TO_JUDGE = 20  # postings, below which no date is called stray
DATE_ADVICE = (
    "Add posted_on (YYYY-MM-DD) to the front matter of each file or as a column of rows, or a line such as "
    '"Posted 2026-05-12" near its top.'
)


@dataclass(frozen=True)
class DatedPosting:
    """One posting as trends see it; `mentions` gives where its text first names each keyword."""

    vacancy: Vacancy
    posted_on: date
    role: str
    mentions: Mapping[str, tuple[int, int]]
    stated: Facts = field(default_factory=Facts)
    groups: frozenset[str] = frozenset()  # of the tree, that it is in

    @cached_property
    def facts(self) -> PostingFacts:
        """What the posting can be asked by."""
        vacancy, named = self.vacancy, frozenset(self.mentions)
        return PostingFacts(
            *(vacancy.title, vacancy.company, vacancy.location, self.posted_on),
            *(self.stated, self.role, named, self.groups),
        )

    @cached_property
    def month(self) -> int:
        """The calendar month, counted from year 0."""
        return self.posted_on.year * 12 + self.posted_on.month - 1

    @cached_property
    def employer(self) -> str:
        """The employer; a posting that names none counts as an employer of its own."""
        return " ".join((self.vacancy.company or "").split()).casefold() or f"\0{self.vacancy.id}"

    @cached_property
    def _sentence_starts(self) -> tuple[int, ...]:
        # Asked for once a keyword, and again at every change of a filter.
        return sentence_starts(self.vacancy.text)

    def evidence(self, keyword: str) -> Evidence:
        """Return the sentence that names a keyword."""
        start, end = self.mentions[keyword]
        text = self.vacancy.text
        sentence = sentence_at(text, self._sentence_starts, start)
        return Evidence(vacancy_id=self.vacancy.id, sentence=shown_sentence(sentence, text[start:end]))


@dataclass(frozen=True)
class TrendCorpus:
    """Dated postings in the order of their dates, each ad once; `roles` gives the name of each kind of role.

    `labels` say how a keyword is written, where otherwise than its key.
    """

    postings: tuple[DatedPosting, ...]
    kinds: Mapping[str, Kind]
    category_of: Mapping[str, str]
    roles: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    repeat_count: int = 0
    undated_count: int = 0
    notices: tuple[str, ...] = ()

    @property
    def part_months(self) -> frozenset[str]:
        """The first and the last month, where the postings begin or end days within it: it is counted in part only."""
        if not self.postings:
            return frozenset()
        first, last = self.postings[0].posted_on, self.postings[-1].posted_on
        is_late = first.day > DAYS_LACKING
        is_early = (last + timedelta(days=DAYS_LACKING)).month == last.month
        return frozenset(f"{day:%Y-%m}" for day, is_part in ((first, is_late), (last, is_early)) if is_part)

    def where(self, question: MarketQuestion) -> "TrendCorpus":
        """Return the part of the corpus that answers a question."""
        return replace(self, postings=tuple(posting for posting in self.postings if question.admit(posting.facts)))


def read_trend_corpus(
    vacancies: Sequence[Vacancy],
    artifact_path: str | Path | None = None,
    on_progress: ProgressCallback = ignore_progress,
    hits: Mapping[str, Sequence[KeywordHit]] | None = None,
    repeats: Mapping[str, str] | None = None,
) -> TrendCorpus:
    """Find the keywords of the dated postings; an ad posted again counts once, when it was first posted.

    `hits` are the keywords of each posting by its id, `repeats` which repeat another, where the caller knows already.

    Raises RolemapError, saying what to add, where no posting has a date.
    """
    artifact = _usable_artifact(artifact_path)
    repeats = repeats_among(vacancies, artifact) if repeats is None else repeats
    unique = [vacancy for vacancy in vacancies if vacancy.id not in repeats]
    roles = _roles(artifact)
    groups = groups_of_postings(artifact)
    kinds: dict[str, Kind] = {}
    category_of: dict[str, str] = {}
    postings = []
    for number, vacancy in enumerate(unique):
        on_progress(ProgressEvent("Finding keywords", number, len(unique)))
        if vacancy.posted_on is None:
            continue
        mentions: dict[str, tuple[int, int]] = {}
        found = (
            hits[vacancy.id]
            if hits is not None
            else extract_keywords_from_text(vacancy.text, artifact_path, vacancy.company)
        )
        for hit in found:
            mentions.setdefault(hit.keyword, (hit.start, hit.end))
            kinds[hit.keyword], category_of[hit.keyword] = hit.kind, hit.category
        role, own = roles.get(vacancy.id, ""), groups.get(vacancy.id, frozenset())
        stated = _facts(vacancy, artifact)
        postings.append(DatedPosting(vacancy, vacancy.posted_on, role, mentions, stated, own))
    on_progress(ProgressEvent("Finding keywords", len(unique), len(unique)))
    if not postings:
        raise RolemapError(f"None of the {len(vacancies):,} postings has a date, so there are no trends. {DATE_ADVICE}")
    postings.sort(key=lambda posting: (posting.posted_on, posting.vacancy.id))
    kept = _without_strays(postings)
    return TrendCorpus(
        postings=tuple(kept),
        kinds=kinds,
        category_of=category_of,
        roles={cluster.slug: cluster.name for cluster in artifact.clusters} if artifact else {},
        labels=keyword_labels(kinds, artifact.labels if artifact else None),
        repeat_count=len(vacancies) - len(unique),
        undated_count=len(unique) - len(postings),
        notices=tuple(_notices(postings, kept, len(unique), taxonomy_notice(artifact_path))),
    )


def _roles(artifact: ClusterArtifact | None) -> dict[str, str]:
    return {i: cluster.slug for cluster in artifact.clusters for i in cluster.vacancy_ids} if artifact else {}


def _facts(vacancy: Vacancy, artifact: ClusterArtifact | None) -> Facts:
    """Return a posting's facts: those that the artifact keeps, else found anew."""
    record = artifact.vacancies.get(vacancy.id) if artifact else None
    if record and record.facts:
        return record.facts
    return facts_of(vacancy)


def _usable_artifact(path: str | Path | None) -> ClusterArtifact | None:
    """Return the artifact; where it is missing or broken, none, which `taxonomy_notice` puts in words."""
    try:
        return load_artifact(Path(path) if path else default_artifact_path())
    except RolemapError:
        return None


def repeats_among(vacancies: Sequence[Vacancy], artifact: ClusterArtifact | None) -> dict[str, str]:
    """Return which postings repeat another: as the artifact has it where it knows them all, else found anew."""
    ids = {vacancy.id for vacancy in vacancies}
    if artifact and ids <= {*artifact.vacancies, *artifact.duplicates} and ids >= set(artifact.duplicates.values()):
        return artifact.duplicates
    return find_duplicates(vacancies)


def _without_strays(postings: list[DatedPosting]) -> list[DatedPosting]:
    """Return the postings without the few that lie years before or after all others: their dates are mistaken."""
    allowed = max(1, int(len(postings) * STRAY_FRACTION)) if len(postings) >= FEWEST_TO_JUDGE else 0
    months = [posting.month for posting in postings]
    gaps = [index for index in range(1, len(months)) if months[index] - months[index - 1] > STRAY_GAP]
    first = max((gap for gap in gaps if gap <= allowed), default=0)
    last = min((gap for gap in gaps if gap >= len(months) - allowed), default=len(months))
    return postings[first:last]


def _notices(
    postings: Sequence[DatedPosting], kept: Sequence[DatedPosting], unique_count: int, taxonomy: str | None
) -> list[str]:
    notices = [taxonomy] if taxonomy else []
    if undated := unique_count - len(postings):
        are = "has no date and is" if undated == 1 else "have no date and are"
        notices.append(f"{undated:,} of {unique_count:,} postings {are} left out. {DATE_ADVICE}")
    strays = sorted({p.vacancy.id for p in postings} - {p.vacancy.id for p in kept})
    if strays:
        notices.append(f"Left out for dates years away from all others: {', '.join(strays[:5])}. Mend the dates.")
    nameless = sum(not posting.vacancy.company for posting in kept)
    if nameless > len(kept) / 2:
        notices.append(
            f"{nameless:,} of {len(kept):,} postings name no employer and count as one employer each, so the intervals "
            "may be a little too narrow."
        )
    return notices
