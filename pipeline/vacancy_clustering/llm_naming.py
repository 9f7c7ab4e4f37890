"""Cluster naming by a language model: what it says is checked against the cluster's own postings before it is used."""

import asyncio
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel

from pipeline.cluster_artifacts import (
    Cluster,
    ClusterArtifact,
    KeywordEvidence,
    get_cluster_categories,
)
from pipeline.core import ProgressCallback, ProgressEvent, ignore_progress
from pipeline.keyword_engine import Kind
from pipeline.llm import DATA_RULE, LanguageModel, LanguageModelError, Prompt, fence, one_line, without_contacts
from pipeline.postings import Corpus, Vacancy
from pipeline.vacancy_clustering.given_names import GivenNames, read_given_names
from pipeline.vacancy_clustering.posting_grounds import PostingGrounds, canonical, read_grounds, without_instructions

NAMING_STAGE = "Naming clusters"
NAMED_OFFLINE = "titles"  # `named_by` of a cluster whose name is made of its postings' titles
EXCERPT = 1500  # characters of each typical posting in the prompt
NEIGHBOURS, SHOWN_TERMS, NEIGHBOUR_TERMS = 3, 25, 8
MAX_NAME_CHARACTERS, MAX_NAME_WORDS = 60, 8
MAX_SUMMARY_CHARACTERS, MAX_SENTENCES = 400, 3
MAX_KEYWORDS = 15  # of either kind
UNKNOWN_NAME_WORDS, UNKNOWN_SUMMARY_WORDS = 0.5, 0.4  # of the words, that need not be the cluster's own
_UNFIT = re.compile(r"https?:|www\.|\S@\S|[<>{}\[\]|`*_=\\]|\d")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


class GeneratedDescription(BaseModel):
    """What a model answers for one cluster."""

    name: str
    summary: str
    technologies: list[str]
    skills: list[str]


@dataclass(frozen=True)
class Naming:
    """The artifact under its new names, and why clusters (by slug) keep the one they had."""

    artifact: ClusterArtifact
    failures: dict[str, str] = field(default_factory=dict)


def naming_prompt(cluster: Cluster, typical: Sequence[Vacancy], neighbours: Sequence[Cluster]) -> Prompt:
    """Return the question for one cluster: its terms, excerpts of its typical postings and what lies next to it."""
    terms = "\n".join(
        _term_line(keyword, cluster.evidence.get(keyword)) for keyword in cluster.top_keywords[:SHOWN_TERMS]
    )
    postings = "\n\n".join(fence(_excerpt(vacancy), "posting") for vacancy in typical)
    nearby = "\n".join(f"{other.name}: {', '.join(other.top_keywords[:NEIGHBOUR_TERMS])}" for other in neighbours)
    parts = [
        f"The name it has so far, made of job titles:\n{fence(cluster.name, 'name')}",
        f"Terms that set its {len(cluster.vacancy_ids)} postings apart:\n{fence(terms, 'terms')}",
        f"Its most typical postings, shortened:\n\n{postings}",
    ]
    if nearby:
        parts.append(f"The clusters next to it, which its name must be told apart from:\n{fence(nearby, 'neighbours')}")
    return Prompt(_INSTRUCTIONS, "\n\n".join(parts))


_INSTRUCTIONS = f"""You describe one cluster of job postings: one kind of role that employers hire for.

{DATA_RULE}

Answer with:
- name: what the titles of its postings call this kind of role, word for word, without a company, place, number or
  level; where none fits most of them, two such phrases with "and" between.
- summary: one or two plain sentences on what the role does and what tells it from the clusters next to it. No numbers,
  no company, no advertising.
- technologies: up to {MAX_KEYWORDS} tools, languages and products that define the role, as the postings write them.
- skills: up to {MAX_KEYWORDS} skills, methods and fields of knowledge that define it, as the postings write them.

Use only what the terms and postings say: what does not occur in them is thrown away."""


def _term_line(keyword: str, found: KeywordEvidence | None) -> str:
    return f"{keyword} ({found.share:.0%} here, {found.share_elsewhere:.0%} elsewhere)" if found else keyword


def _excerpt(vacancy: Vacancy) -> str:
    text = without_contacts(without_instructions(vacancy.text))
    return f"{vacancy.title or ''}\n{text[:EXCERPT]}".strip()


def neighbours_of(artifact: ClusterArtifact, slug: str) -> list[Cluster]:
    """Return the clusters that most of one cluster's vacancies would otherwise belong to, the nearest first."""
    own = artifact.cluster(slug)
    records = [artifact.vacancies[i] for i in own.vacancy_ids if i in artifact.vacancies]
    counts = Counter(record.second_best for record in records if record.second_best)
    known = {cluster.slug: cluster for cluster in artifact.clusters}
    nearest = sorted(counts, key=lambda other: (-counts[other], other))
    return [known[other] for other in nearest if other in known][:NEIGHBOURS]


def check_description(
    cluster: Cluster, answer: GeneratedDescription, grounds: PostingGrounds, names: GivenNames
) -> Cluster | str:
    """Return the cluster as described, or why its name cannot be used. Members and slug are never touched.

    The name is held to what holds for names made of titles: it is quoted from them and names the job alone.
    Technologies and skills that do not occur in the cluster's postings are dropped, sentences of the summary that
    its postings do not bear out too; where nothing is left, what was there stays.
    """
    try:
        name = _usable_name(answer.name, grounds, names)
    except ValueError as error:
        return str(error)
    technologies = _occurring(answer.technologies, "technology", grounds)
    skills = {k: found for k, found in _occurring(answer.skills, "skill", grounds).items() if k not in technologies}
    evidence = {**cluster.evidence, **technologies, **skills}
    lists = {
        "defining_technologies": [k for k in technologies if evidence[k].kind == "technology"],
        "defining_skills": [k for k in (*skills, *technologies) if evidence[k].kind == "skill"],
    }
    lists["defining_technologies"] += [k for k in skills if evidence[k].kind == "technology"]
    kept = {key: found[:MAX_KEYWORDS] for key, found in lists.items() if found}
    changed = cluster.model_copy(update={"name": name, **kept})
    pool = {*changed.top_keywords, *changed.defining_technologies, *changed.defining_skills}
    return changed.model_copy(
        update={
            "summary": _summary(answer.summary, grounds) or cluster.summary,
            "evidence": {keyword: evidence[keyword] for keyword in sorted(pool) if keyword in evidence},
            "profile_text": f"{name}. " + cluster.profile_text.removeprefix(f"{cluster.name}. "),
        }
    )


def _usable_name(answer: str, grounds: PostingGrounds, names: GivenNames) -> str:
    """Return a name as its postings write it. Raises ValueError with why it cannot be used."""
    name = one_line(answer, MAX_NAME_CHARACTERS + 1).strip(" .\"'“”")
    if problem := _name_problem(name, grounds):
        raise ValueError(problem)
    try:
        name = names.quoted(name)
    except ValueError as error:
        raise ValueError(f"the name it gave is not that of a job in these postings: {one_line(str(error))}") from error
    telling = name.partition(": ")[2]
    if telling and not grounds.evidence(canonical(telling), "skill"):
        raise ValueError(f"the name it gave speaks of what its postings do not: {one_line(telling)}")
    return name


def _name_problem(name: str, grounds: PostingGrounds) -> str | None:
    """Return why a name cannot be used, or None."""
    if not 1 < len(name) <= MAX_NAME_CHARACTERS or len(name.split()) > MAX_NAME_WORDS:
        return "the name it gave is empty or too long"
    if _UNFIT.search(name) or not any(char.isalpha() for char in name):
        return "the name it gave holds a number, a link or markup"
    count, unknown = grounds.judge(name)
    foreign = [word for word in unknown if grounds.is_planted(word) or word.isupper()]
    if foreign or len(unknown) > UNKNOWN_NAME_WORDS * count or not count:
        return f"the name it gave holds words that the postings do not: {one_line(', '.join(foreign or unknown))}"
    return None


def _occurring(names: Sequence[str], kind: Kind, grounds: PostingGrounds) -> dict[str, KeywordEvidence]:
    keywords = dict.fromkeys(canonical(name) for name in names if name.strip())
    return {keyword: found for keyword in keywords if (found := grounds.evidence(keyword, kind))}


def _summary(text: str, grounds: PostingGrounds) -> str:
    """Return the sentences of a summary that are plain and made mostly of the cluster's own words."""
    sentences = [sentence for sentence in _SENTENCE.split(one_line(text, MAX_SUMMARY_CHARACTERS)) if sentence]
    return " ".join([sentence for sentence in sentences if _is_borne_out(sentence, grounds)][:MAX_SENTENCES])


def _is_borne_out(sentence: str, grounds: PostingGrounds) -> bool:
    count, unknown = grounds.judge(sentence)
    first = next(iter(re.findall(r"[^\W\d_]+", sentence)), "")
    # A capital in the middle of a sentence is a name's.
    foreign = [
        word for word in unknown if grounds.is_planted(word) or word.isupper() or (word[0].isupper() and word != first)
    ]
    is_plain = not _UNFIT.search(sentence) and not sentence.endswith("…")
    return is_plain and not foreign and count > 0 and len(unknown) <= UNKNOWN_SUMMARY_WORDS * count


async def name_clusters_with_model(
    artifact: ClusterArtifact,
    corpus: Corpus,
    *,
    llm: LanguageModel,
    concurrency: int | None = None,
    on_progress: ProgressCallback = ignore_progress,
) -> Naming:
    """Name every cluster that has its offline name, all at once; one whose answer fails keeps what it has."""
    known = {vacancy.id: vacancy for vacancy in corpus.vacancies}
    groups = [[known[i] for i in cluster.vacancy_ids if i in known] for cluster in artifact.clusters]
    waiting = [k for k, cluster in enumerate(artifact.clusters) if cluster.named_by == NAMED_OFFLINE and groups[k]]
    gate = asyncio.Semaphore(concurrency or max(len(waiting), 1))
    done = 0

    async def ask(cluster: Cluster) -> GeneratedDescription | LanguageModelError:
        nonlocal done
        typical = [known[i] for i in cluster.typical if i in known]
        async with gate:
            try:
                prompt = naming_prompt(cluster, typical, neighbours_of(artifact, cluster.slug))
                answer: GeneratedDescription | LanguageModelError
                answer = await llm.ask(prompt, GeneratedDescription, stage=NAMING_STAGE)
            except LanguageModelError as error:
                answer = error
        done += 1
        on_progress(ProgressEvent(NAMING_STAGE, done, len(waiting)))
        return answer

    answers = await asyncio.gather(*(ask(artifact.clusters[k]) for k in waiting))
    grounds, names = read_grounds(groups), read_given_names(groups)
    clusters, failures = list(artifact.clusters), {}
    for k, answer in zip(waiting, answers, strict=True):
        cluster = clusters[k]
        if isinstance(answer, GeneratedDescription):
            described = check_description(cluster, answer, grounds[k], names[k])
        else:
            described = str(answer)
        if isinstance(described, str):
            failures[cluster.slug] = described
        else:
            clusters[k] = described.model_copy(update={"named_by": llm.name})
    return _with_unique_names(artifact, clusters, failures, llm.name)


def _with_unique_names(
    artifact: ClusterArtifact, clusters: list[Cluster], failures: dict[str, str], model: str
) -> Naming:
    """Return the clusters with names that no two share: of equal ones, the first keeps it, the others go back."""
    while (clash := _first_clash(clusters)) is not None:
        failures[clusters[clash].slug] = "the name it gave is that of another cluster"
        clusters[clash] = artifact.clusters[clash]
    is_named = any(cluster.named_by != NAMED_OFFLINE for cluster in clusters)
    provenance = artifact.provenance.model_copy(update={"language_model": model if is_named else None})
    named = artifact.model_copy(update={"clusters": clusters, "categories": [], "provenance": provenance})
    return Naming(named.model_copy(update={"categories": get_cluster_categories(named)}), failures)


def _first_clash(clusters: Sequence[Cluster]) -> int | None:
    """Return the first cluster that a model gave a name of another; names made of titles differ among themselves."""
    taken = {cluster.name.casefold() for cluster in clusters if cluster.named_by == NAMED_OFFLINE}
    for index, cluster in enumerate(clusters):
        if cluster.named_by != NAMED_OFFLINE:
            if cluster.name.casefold() in taken:
                return index
            taken.add(cluster.name.casefold())
    return None
