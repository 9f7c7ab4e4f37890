"""What is installed, set and there."""

import os
from contextlib import closing

from pipeline.cluster_artifacts import (
    OVERRIDES_NAME,
)
from pipeline.core import RolemapError, Settings, get_settings
from pipeline.embedding import model_name
from pipeline.keyword_engine import default_artifact_path, lexicon_files, load_lexicon
from pipeline.services.workspace import find_artifact, open_cache


def diagnose() -> list[tuple[str, str, bool]]:
    """Return what is installed, set and there: (what, how it stands, whether that is well)."""
    settings = get_settings()
    findings = [*_packages(), _embedding_model(settings), _lexicon()]
    findings.append(("vacancies", str(settings.vacancies_path), settings.vacancies_path.is_dir()))
    findings.append(
        (
            "output",
            str(settings.output_path),
            os.access(settings.output_path, os.W_OK) or not settings.output_path.exists(),
        )
    )
    try:
        artifact = find_artifact()
        state = f"{len(artifact.clusters)} clusters" if artifact else "none yet; run: python main.py cluster-vacancies"
        findings.append(("cluster artifact", state, True))
    except RolemapError as error:
        findings.append(("cluster artifact", str(error), False))
    overrides = default_artifact_path().with_name(OVERRIDES_NAME)
    if overrides.exists():
        findings.append(("overrides", str(overrides), True))
    with closing(open_cache(settings)) as cache:
        entries = sum(count for count, _ in cache.sizes().values())
    findings.append(("cache", f"{entries:,} entries in {settings.cache_path}", True))
    key = "set" if settings.openai_api_key else "not set; everything but naming and rewriting works without"
    findings.append(("language model key", key, True))
    findings.append(
        (
            "language model",
            f"{settings.openai_model or 'not set'} at {settings.openai_base_url or 'the OpenAI service'}",
            True,
        )
    )
    return findings


def _packages() -> list[tuple[str, str, bool]]:
    from importlib.metadata import PackageNotFoundError, version

    findings = []
    for name in (
        "streamlit",
        "pydantic",
        "scikit-learn",
        "sentence-transformers",
        "torch",
        "plotly",
        "pandas",
        "openai",
    ):
        try:
            findings.append((name, version(name), True))
        except PackageNotFoundError:
            findings.append((name, "missing; install with: pip install -r requirements.txt", False))
    return findings


def _embedding_model(settings: Settings) -> tuple[str, str, bool]:
    from pipeline.embedding import check_packaged_model, packaged_model_folder

    if settings.embedding_model:
        return "embedding model", f"{settings.embedding_model} (EMBEDDING_MODEL)", True
    try:
        check_packaged_model(packaged_model_folder())
    except RolemapError as error:
        return "embedding model", str(error), False
    return "embedding model", f"{model_name(None)}, packaged, checked", True


def _lexicon() -> tuple[str, str, bool]:
    try:
        entries = load_lexicon(lexicon_files())
    except RolemapError as error:
        return "lexicon", str(error), False
    technologies = sum(entry.kind == "technology" for entry in entries)
    return "lexicon", f"{technologies:,} technologies, {len(entries) - technologies:,} skills", True
