"""Routes that say what the market asks for over time."""

from fastapi import APIRouter, Response

from pipeline.api.context import LayeredService
from pipeline.market_trends import TrendReport

router = APIRouter(prefix="/api", tags=["trends"])


@router.get("/trends", response_model=TrendReport)
async def show_trends(service: LayeredService) -> Response:
    """Return the course of every keyword and kind of role in the stored postings; 409 where they lack dates.

    A model's opinion stands beside it only where ROLEMAP_USE_LLM allows one to be asked.
    """
    data = await service.answer(lambda: service.market.report(service.artifact).model_dump_json().encode())
    return Response(data, media_type="application/json")
