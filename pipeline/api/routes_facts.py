"""Routes that say what postings state of pay, place of work, level, contract, country and language."""

from itertools import islice
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Response

from pipeline.api.context import LayeredService
from pipeline.api.models import Posting, Postings
from pipeline.cluster_artifacts import VacancyRecord, load_artifact
from pipeline.keyword_engine import default_artifact_path
from pipeline.services import MarketFacts, market_facts, postings_csv

router = APIRouter(prefix="/api", tags=["facts"])
MOST = 1000

Slug = Annotated[str, Query(max_length=200, description="Only postings of the cluster with this slug.")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many postings at most.")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="How many postings to pass over.")]


@router.get("/facts")
async def show_facts(service: LayeredService) -> MarketFacts:
    """Return what each kind of role pays, how much of it is remote, and which level it is, also over time.

    Pay is of a year, in one currency each, never of fewer than five postings.
    """
    return await service.answer(lambda: market_facts(service.artifact))


@router.get("/postings")
async def list_postings(
    service: LayeredService, cluster: Slug = "", limit: Limit = 100, offset: Offset = 0
) -> Postings:
    """List the clustered postings with their facts, each with the words it rests on."""
    return await service.answer(lambda: _postings(service.artifact, cluster, limit, offset))


@router.get("/postings.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
async def download_postings(service: LayeredService) -> Response:
    """Return all clustered postings with their facts as CSV."""
    data = await service.answer(lambda: postings_csv(load_artifact(service.artifact or default_artifact_path())))
    return Response(data, media_type="text/csv")


def _postings(path: Path | None, slug: str, limit: int, offset: int) -> Postings:
    artifact = load_artifact(path or default_artifact_path())
    clusters = [cluster for cluster in artifact.clusters if slug in ("", cluster.slug)]
    chosen = ((cluster.slug, i) for cluster in clusters for i in cluster.vacancy_ids)
    return Postings(
        total=sum(len(cluster.vacancy_ids) for cluster in clusters),
        postings=[
            Posting(id=i, cluster=owner, **_shown(artifact.vacancies.get(i, VacancyRecord())))
            for owner, i in islice(chosen, offset, offset + limit)
        ],
    )


def _shown(record: VacancyRecord) -> dict[str, object]:
    names = ("title", "company", "location", "posted_on", "is_unlike", "facts")
    return {name: getattr(record, name) for name in names}
