"""My fit: all stored postings ranked for a resume, what each asks for that is missing, and what to learn next."""

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from statistics import median

import numpy as np
from pydantic import BaseModel, ConfigDict

from pipeline.cluster_artifacts import ClusterArtifact, Evidence, VacancyRecord, asked_for, load_artifact
from pipeline.cluster_matcher import ClusterMatcher, JobDescription, clean_job_description
from pipeline.core import Pay, ProgressCallback, RolemapError, ignore_progress
from pipeline.keyword_engine import default_artifact_path, keyword_label
from pipeline.market_trends import FEWEST
from pipeline.report import mentions_of
from pipeline.resume_generator import (
    OPEN_SHARE,
    FitScale,
    LearnNext,
    NamedKeywords,
    Showing,
    fields_of_work,
    fit_scale,
    named_keywords,
    open_share,
    pieces_of,
    shown_keywords,
    what_to_learn,
)
from pipeline.resumes import Resume
from pipeline.services.corpus import read_corpus
from pipeline.services.keywords import posting_keywords
from pipeline.services.matching import matcher_in_use
from pipeline.services.tables import to_csv

OWN_WORD = Showing(where="your own word", text="", is_listed=False)
NEAR = 0.5  # the chance from which a posting is near enough to learn for
COLUMNS = (
    *("posting", "title", "company", "place", "posted_on", "kind_of_role", "fit", "shown", "missing", "missing_others"),
    *("yearly_pay", "currency"),
)


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class PostingFit(_Record):
    """One posting as seen from a resume.

    `fit` is the chance, from 0 to 1, that two texts which agree as much are of one kind of role; `alike` is their
    likeness in meaning, None where only keywords were compared. `shown` and `missing` are what the posting and its kind
    of role both ask for, the most usual first; `others` is what else of the posting the resume does not show.
    """

    id: str
    title: str | None = None
    company: str | None = None
    place: str | None = None
    posted_on: date | None = None
    role: str = ""
    role_name: str = ""
    pay: Pay | None = None
    fit: float
    alike: float | None = None
    shown: list[str] = []
    missing: list[str] = []
    others: list[str] = []

    @property
    def is_open(self) -> bool:
        """Whether the resume shows enough of what is asked."""
        return open_share([*self.shown, *self.missing], self.shown) >= OPEN_SHARE


class Advice(_Record):
    """A skill to learn: how many near postings it opens after those before it, of how many that name it.

    `pay` is the median of the yearly pay, upper ends, of those it opens, where at least five of them state it in one
    currency.
    """

    keyword: str
    label: str
    opens: int
    asking: int
    pay: float | None = None
    currency: str | None = None
    opened: list[str] = []
    example: Evidence | None = None


class ResumeFit(_Record):
    """All postings, the best fit first; what to learn next; where the resume shows what; how it was weighed."""

    postings: list[PostingFit]
    advice: list[Advice]
    showings: dict[str, list[Showing]]
    scale: FitScale
    near_count: int
    open_count: int
    notices: list[str] = []


def fit_postings(
    resume: Resume,
    *,
    artifact: Path | None = None,
    vacancies: Path | None = None,
    mentions: Mapping[str, frozenset[str]] | None = None,
    known: Collection[str] = (),
    use_semantic: bool = True,
    on_progress: ProgressCallback = ignore_progress,
) -> ResumeFit:
    """Rank the clustered postings for a resume and say what would open more of them; nothing is added to the resume.

    `known` are keywords that its owner has, though the resume does not show them; `mentions` those of each stored
    posting, where the caller has found them already. Raises MissingArtifact or BrokenArtifact where there are no
    clusters, and RolemapError where their postings are not stored any more.
    """
    path = artifact or default_artifact_path()
    clusters = load_artifact(path)
    if mentions is None:
        stored = read_corpus(vacancies, on_progress).vacancies
        mentions = mentions_of(posting_keywords(stored, path, on_progress=on_progress))
    members = {i: c.slug for c in clusters.clusters for i in c.vacancy_ids if i in mentions}
    if not members:
        raise RolemapError("The postings that the clusters were made of are not stored any more. Cluster again.")
    named = named_keywords({i: mentions[i] for i in members})
    matcher, notices = matcher_in_use(path, use_semantic=use_semantic, on_progress=on_progress)
    alike = matcher.likeness(resume_as_text(resume)) if use_semantic else {}
    rows = _rows(matcher, named) if alike else None
    showings = shown_keywords(resume, named.keywords)
    scale = fit_scale(named, [members[i] for i in named.ids], rows, pieces_of(named, len(showings)))
    showings |= {each: [OWN_WORD] for each in known if each in set(named.keywords) - showings.keys()}
    postings = _ranked(clusters, named, showings, scale, alike if rows is not None else {})
    near = {p.id: frozenset((*p.shown, *p.missing)) for p in postings if p.fit >= NEAR}
    advice = what_to_learn(near, showings, fields=_fields(clusters, mentions))
    return ResumeFit(
        postings=postings,
        advice=[_advice(each, clusters, {p.id: p for p in postings}) for each in advice],
        showings=showings,
        scale=scale,
        near_count=len(near),
        open_count=sum(p.is_open for p in postings if p.id in near),
        notices=list(notices),
    )


def resume_as_text(resume: Resume) -> JobDescription:
    """Return a resume as a posting would put it: its headline, its skills and what was done. No name, no contact."""
    title = resume.basics.label or next((job.position for job in resume.work if job.position), None)
    parts = [resume.basics.summary or ""]
    parts += [", ".join([skill.name or "", *skill.keywords]) for skill in resume.skills]
    parts += ["\n".join([job.position or "", job.summary or "", *job.highlights]) for job in resume.work]
    text = "\n\n".join(part for part in (title or "", *parts) if part.strip())
    return clean_job_description(text or "No text", title=title, name="resume")


def _rows(matcher: ClusterMatcher, named: NamedKeywords) -> np.ndarray | None:
    """Return the postings' vectors in the order of the keywords' matrix; none where some are missing."""
    index = matcher.meaning.index if matcher.meaning else None
    place = {vacancy_id: number for number, vacancy_id in enumerate(index.ids)} if index else {}
    if index is None or not place.keys() >= set(named.ids):
        return None
    return np.asarray(index.rows[[place[i] for i in named.ids]])


def _ranked(
    clusters: ClusterArtifact,
    named: NamedKeywords,
    showings: Mapping[str, list[Showing]],
    scale: FitScale,
    alike: Mapping[str, float],
) -> list[PostingFit]:
    shows = np.array([[keyword in showings for keyword in named.keywords]], dtype=float)
    part = named.shown_part(shows)[0]
    likeness = np.array([alike.get(i, 0.0) for i in named.ids])
    fits = np.round(scale.chance(part, likeness), 6)
    role_of = {i: cluster for cluster in clusters.clusters for i in cluster.vacancy_ids}
    usual = {cluster.slug: asked_for(cluster) for cluster in clusters.clusters}
    postings = []
    for number, vacancy_id in enumerate(named.ids):
        cluster, record = role_of[vacancy_id], clusters.vacancies.get(vacancy_id) or VacancyRecord()
        names = {named.keywords[column] for column in named.names[[number]].indices}
        asked = [keyword for keyword in usual[cluster.slug] if keyword in names]
        postings.append(
            PostingFit(
                id=vacancy_id,
                title=record.title,
                company=record.company,
                place=record.location,
                posted_on=record.posted_on,
                role=cluster.slug,
                role_name=cluster.name,
                pay=record.facts.pay if record.facts else None,
                fit=float(fits[number]),
                alike=alike.get(vacancy_id),
                shown=[keyword for keyword in asked if keyword in showings],
                missing=[keyword for keyword in asked if keyword not in showings],
                others=sorted(names - set(asked) - showings.keys()),
            )
        )
    shown_of = dict(zip(named.ids, part.tolist(), strict=True))
    return sorted(postings, key=lambda posting: (-posting.fit, -shown_of[posting.id], posting.id))


def _fields(clusters: ClusterArtifact, mentions: Mapping[str, frozenset[str]]) -> frozenset[str]:
    titles = {i: record.title or "" for i, record in clusters.vacancies.items()}
    kinds = {keyword: found.kind for cluster in clusters.clusters for keyword, found in cluster.evidence.items()}
    return fields_of_work(titles, mentions, [keyword for keyword, kind in kinds.items() if kind == "skill"])


def _advice(step: LearnNext, clusters: ClusterArtifact, postings: Mapping[str, PostingFit]) -> Advice:
    pays = [pay for i in step.opened if (pay := postings[i].pay)]
    by_currency: dict[str, list[float]] = {}
    for pay in pays:
        if end := pay.yearly_high or pay.yearly_low:
            by_currency.setdefault(pay.currency, []).append(end)
    currency, ends = max(by_currency.items(), key=lambda item: (len(item[1]), item[0]), default=(None, []))
    is_known = len(ends) >= FEWEST
    found = [cluster.evidence[step.keyword] for cluster in clusters.clusters if step.keyword in cluster.evidence]
    best = max(found, key=lambda evidence: evidence.share, default=None)
    return Advice(
        keyword=step.keyword,
        label=keyword_label(step.keyword, clusters.labels),
        opens=len(step.opened),
        asking=len(step.asking),
        pay=round(median(ends)) if is_known else None,
        currency=currency if is_known else None,
        opened=step.opened,
        example=best.example if best else None,
    )


def fit_csv(fit: ResumeFit) -> str:
    """Return the ranked postings as CSV."""
    rows = []
    for p in fit.postings:
        pay = (p.pay.yearly_high or p.pay.yearly_low) if p.pay else None
        rows.append(
            [
                *(p.id, p.title, p.company, p.place, p.posted_on, p.role_name, p.fit, ", ".join(p.shown)),
                *(", ".join(p.missing), ", ".join(p.others), pay, p.pay.currency if p.pay and pay else None),
            ]
        )
    return to_csv(COLUMNS, [["" if cell is None else cell for cell in row] for row in rows])
