"""The HTTP API: what it answers, what it refuses and how, and that nothing brings it down."""

import asyncio
import io
import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
import schemathesis
import uvicorn
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.result import Ok
from starlette.testclient import TestClient

from pipeline.api import Limits, create_app
from pipeline.api.jobs import Job, JobResult, JobStatus
from pipeline.api.problems import ProblemError
from pipeline.api.security import HostCheck, TokenCheck, host_name, is_loopback
from pipeline.api.workers import WorkerPool
from pipeline.cli import serve_commands
from pipeline.cluster_artifacts import Cluster, ClusterArtifact, save_artifact
from pipeline.core import ProgressCallback, ProgressEvent
from tests.sample_files import ANALYST, ENGINEER, NURSE, pdf
from tests.sandbox import ROOT, own_environment, run_command, sandboxed

HOST = "http://127.0.0.1:8000"
SAMPLE_RESUME = ROOT / "pipeline/data/sample_resume.md"
NOT_MADE = "python main.py cluster-vacancies"


def client_of(app: FastAPI) -> TestClient:
    return TestClient(app, base_url=HOST, raise_server_exceptions=False)


@pytest.fixture
def client(clustered: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """Return a client of the API over the shared workspace."""
    monkeypatch.setenv("ROLEMAP_HOME", str(clustered))
    with client_of(create_app()) as client:
        yield client


@pytest.fixture
def bare(workspace: Path) -> Iterator[TestClient]:
    """Return a client of the API over a workspace without an artifact."""
    with client_of(create_app()) as client:
        yield client


def analyze(client: TestClient, text: str = ENGINEER, **options: Any) -> Any:
    return client.post("/api/analyze", json={"job_description": text, "use_semantic": False, **options})


def assert_problem(response: Any, status: int, code: str, *parts: str) -> None:
    """Assert a clear refusal: problem details with a code and what to do, and nothing of the code behind it."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["detail"]
    assert problem["action"]
    for part in parts:
        assert part in problem["detail"] + problem["action"]
    assert "Traceback" not in response.text
    assert ".py" not in response.text.replace("main.py", "")


def slugs_of(client: TestClient) -> list[str]:
    return [cluster["slug"] for cluster in client.get("/api/clusters").json()["clusters"]]


def test_the_api_is_imported_without_heavy_libraries() -> None:
    code = "import sys, pipeline.api; print(*sys.modules)"
    modules = set(subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True).split())
    assert not modules & {"torch", "openai", "sentence_transformers", "transformers", "streamlit"}


def test_analyze_answers_by_the_keys_of_the_artifact(client: TestClient) -> None:
    answer = analyze(client, include_market_trends=True).json()
    slugs = slugs_of(client)
    assert set(answer) == {
        *("best_cluster", "clusters", "keywords", "labels", "missing_keywords", "trending_skills", "notices"),
    }
    assert answer["best_cluster"] == answer["clusters"][0]["slug"]
    assert sorted(each["slug"] for each in answer["clusters"]) == sorted(slugs)
    assert all(set(each) == {"slug", "name", "score"} for each in answer["clusters"])
    assert sum(each["score"] for each in answer["clusters"]) == pytest.approx(1, abs=1e-3)
    assert set(answer["keywords"]) <= {*slugs, "general"}
    assert {"python", "sql", "docker"} <= {keyword for found in answer["keywords"].values() for keyword in found}
    assert set(answer["trending_skills"]) <= {*slugs, "general"}
    assert answer["missing_keywords"]
    assert not set(answer["missing_keywords"]) & {"python", "sql"}


def test_a_text_that_is_no_job_ad_has_no_best_cluster_and_says_so(client: TestClient) -> None:
    answer = analyze(client, "Whisk four eggs with sugar, fold in the flour, and bake until golden brown.").json()
    assert answer["best_cluster"] is None
    assert answer["clusters"]
    assert any("No good match" in notice for notice in answer["notices"])


def test_matching_by_meaning_explains_itself_and_compares_a_resume(client: TestClient) -> None:
    resume = {"basics": {"name": "Ada"}, "skills": [{"name": "Languages", "keywords": ["Python", "SQL"]}]}
    answer = client.post("/api/match", json={"job_description": ENGINEER, "resume": resume}).json()
    assert answer["is_semantic"]
    assert answer["best_cluster"] in slugs_of(client)
    assert answer["reasons"]
    assert answer["similar"]
    assert {"python", "sql"} <= {gap["keyword"] for gap in answer["gap"]["listed"]}
    assert "text" not in answer
    by_meaning = client.post("/api/analyze", json={"job_description": ENGINEER}).json()
    assert by_meaning["best_cluster"] == answer["best_cluster"]


def test_many_jobs_come_back_in_order_as_one_table(client: TestClient) -> None:
    jobs = [{"name": name, "job_description": text} for name, text in (("a", NURSE), ("b", ENGINEER), ("c", ANALYST))]
    answer = client.post("/api/match/bulk", json={"jobs": jobs, "use_semantic": False}).json()
    assert [match["name"] for match in answer["matches"]] == ["a", "b", "c"]
    alone = analyze(client, ENGINEER).json()
    assert answer["matches"][1]["best_cluster"] == alone["best_cluster"]
    table = client.post("/api/match/bulk", json={"jobs": jobs, "use_semantic": False, "table": "csv"})
    assert table.headers["content-type"].startswith("text/csv")
    assert table.text.splitlines()[1].startswith("a,")


def test_clusters_categories_and_taxonomy_agree(client: TestClient) -> None:
    slugs = slugs_of(client)
    assert len(slugs) == 4
    categories = client.get("/api/categories").json()
    assert [category["slug"] for category in categories["categories"]] == slugs
    taxonomy = client.get("/api/taxonomy").json()["taxonomy"]
    assert taxonomy == {category["slug"]: category["keywords"] for category in categories["categories"]}


def test_every_layer_of_the_tree_answers_as_the_roles_do(client: TestClient) -> None:
    for layer in ("families", "specialisms"):
        clusters = client.get(f"/api/clusters?layer={layer}").json()["clusters"]
        keys = {cluster["slug"] for cluster in clusters}
        assert sum(each["vacancy_count"] for each in clusters) == sum(
            each["vacancy_count"] for each in client.get("/api/clusters").json()["clusters"]
        )
        assert set(client.get(f"/api/taxonomy?layer={layer}").json()["taxonomy"]) == keys
        answer = client.post(f"/api/analyze?layer={layer}", json={"job_description": NURSE, "use_semantic": False})
        assert {each["slug"] for each in answer.json()["clusters"]} == keys
    assert client.get("/api/clusters?layer=planets").status_code == 422


def test_the_receipt_of_a_file_says_what_is_taken_for_what_and_stores_nothing(
    bare: TestClient, workspace: Path
) -> None:
    rows = b"Stelle;Firma;Anzeigentext\nTuner;Odal;You tune pianos and train two apprentices in our team.\n"
    answer = bare.post("/api/vacancies/receipt", files={"postings": ("jobs.csv", rows)}).json()
    taken = {column["role"]: column["columns"] for column in answer["files"][0]["taken"]}
    assert (answer["postings"], taken["title"], taken["text"]) == (1, ["Stelle"], ["Anzeigentext"])
    said = {"columns": "title=Firma,text=Anzeigentext"}
    answer = bare.post("/api/vacancies/receipt", files={"postings": ("jobs.csv", rows)}, data=said).json()
    assert answer["files"][0]["taken"][0]["example"] == "Odal"
    goods = b"sku,price,stock\n1,2,3\n"
    refused = bare.post("/api/vacancies/receipt", files={"postings": ("goods.csv", goods)})
    assert refused.status_code < 500
    assert "sku, price, stock" in refused.json()["detail"]
    assert not (workspace / "vacancies").exists() or not list((workspace / "vacancies").iterdir())


def test_trends_are_told_or_it_is_said_what_is_missing(client: TestClient) -> None:
    answer = client.get("/api/trends")
    if answer.status_code == 200:
        assert answer.json()["months"]
    else:
        assert_problem(answer, 409, "no-trends")


def test_postings_come_with_their_facts_and_these_by_kind_of_role(client: TestClient) -> None:
    slug = slugs_of(client)[0]
    answer = client.get("/api/postings", params={"cluster": slug, "limit": 2}).json()
    assert len(answer["postings"]) == min(2, answer["total"])
    assert {posting["cluster"] for posting in answer["postings"]} == {slug}
    assert answer["postings"][0]["facts"]["language"] == "en"
    found = client.get("/api/facts").json()
    assert {shares["fact"] for shares in found["by_role"]} == {"workplace", "seniority", "employment"}
    assert client.get("/api/postings.csv").text.startswith("posting,cluster,")


def test_trends_without_dates_say_what_to_add(bare: TestClient, workspace: Path) -> None:
    (workspace / "vacancies/nurse.txt").write_text(NURSE)
    assert_problem(bare.get("/api/trends"), 409, "no-trends", "posted_on")
    answer = analyze(bare, include_market_trends=True)
    assert answer.status_code == 200
    assert answer.json()["trending_skills"] == {}
    assert any("posted_on" in notice for notice in answer.json()["notices"])


def test_a_resume_comes_back_as_a_zip_of_variants(client: TestClient) -> None:
    answer = client.post(
        "/api/variants",
        files={"resume": ("ada.md", SAMPLE_RESUME.read_bytes())},
        data={"formats": ["md", "json"], "clusters": slugs_of(client)[:2]},
    )
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert sum(name.endswith(".md") for name in names) == 2
    assert not any(name.endswith((".pdf", ".docx")) for name in names)


def test_a_look_is_sent_as_fields_of_the_form(bare: TestClient, workspace: Path) -> None:
    cluster = Cluster(slug="cloud", name="Cloud Engineer", top_keywords=["aws", "kubernetes"])
    save_artifact(ClusterArtifact(clusters=[cluster]), workspace / "output/vacancy_clusters.json")
    files = {"resume": ("ada.md", SAMPLE_RESUME.read_bytes())}
    data = {"formats": "md", "theme": "modern", "date_format": "2019-03", "pages": "1", "size": "9.5"}
    answer = bare.post("/api/variants", files=files, data=data)
    assert answer.status_code == 200, answer.text
    look = json.loads(zipfile.ZipFile(io.BytesIO(answer.content)).read("manifest.json"))["look"]
    assert (look["theme"], look["date_format"], look["pages"], look["size"]) == ("modern", "2019-03", 1, 9.5)
    refused = bare.post("/api/variants", files=files, data=data | {"theme": "baroque"})
    assert_problem(refused, 422, "unusable-input", "choose among academic")


@pytest.fixture
def two_roles(bare: TestClient, workspace: Path) -> TestClient:
    """Return a client of a market with a role that the sample resume is fit for, and one that it is not."""
    clusters = [
        Cluster(slug="cloud", name="Cloud Engineer", top_keywords=["python", "docker", "sql"]),
        Cluster(slug="nurse", name="Nurse", top_keywords=["triage", "phlebotomy"]),
    ]
    save_artifact(ClusterArtifact(clusters=clusters), workspace / "output/vacancy_clusters.json")
    return bare


SAMPLE = {"resume": ("ada.md", SAMPLE_RESUME.read_bytes())}


def archive_of(answer: Any) -> zipfile.ZipFile:
    assert answer.status_code == 200, answer.text
    return zipfile.ZipFile(io.BytesIO(answer.content))


def test_the_fit_of_each_role_comes_before_any_file_with_a_set_that_makes_the_variants(two_roles: TestClient) -> None:
    fit = two_roles.post("/api/variants/fit", files=SAMPLE, data={"max_bullets": "1", "theme": "modern"}).json()
    cloud, nurse = fit["roles"]
    assert (cloud["is_fitting"], cloud["is_ticked"], nurse["is_fitting"]) == (True, True, False)
    assert nurse["reason"] == "Nothing of yours is asked for here."
    assert "a tenth" in fit["line"]
    chosen = fit["set"]
    assert chosen["roles"][0]["selection"]["left_out"]
    chosen["roles"][0]["selection"]["headline"] = "Surgeon General"
    sent = {"set": ("set.json", json.dumps(chosen).encode())}
    packed = archive_of(two_roles.post("/api/variants", files=sent, data={"formats": "json"}))
    [name] = [name for name in packed.namelist() if "Cloud" in name]
    assert json.loads(packed.read(name))["basics"]["label"] == "Surgeon General"
    manifest = json.loads(packed.read("manifest.json"))
    assert manifest["look"]["theme"] == "modern"
    assert any("does not bear this out" in notice for notice in manifest["notices"])
    again = {"set": ("set.json", packed.read("variant-set.json"))}
    once_more = archive_of(two_roles.post("/api/variants", files=again, data={"formats": "json", "theme": "compact"}))
    assert once_more.read(name) == packed.read(name)
    assert json.loads(once_more.read("manifest.json"))["look"]["theme"] == "compact"


def test_variants_are_made_of_the_roles_that_fit_unless_all_are_asked_for(two_roles: TestClient) -> None:
    packed = archive_of(two_roles.post("/api/variants", files=SAMPLE, data={"formats": "md"}))
    assert sum(name.endswith(".md") for name in packed.namelist()) == 1
    notices = json.loads(packed.read("manifest.json"))["notices"]
    assert "no variant for Nurse: Nothing of yours is asked for here." in notices
    every = archive_of(two_roles.post("/api/variants", files=SAMPLE, data={"formats": "md", "all": "true"}))
    assert sum(name.endswith(".md") for name in every.namelist()) == 2
    named = archive_of(two_roles.post("/api/variants", files=SAMPLE, data={"formats": "md", "clusters": "nurse"}))
    assert [name.endswith("Nurse.md") for name in named.namelist() if name.endswith(".md")] == [True]


def test_what_cannot_be_made_a_variant_of_is_said(two_roles: TestClient) -> None:
    assert_problem(two_roles.post("/api/variants", data={"formats": "md"}), 409, "no-resume")
    both = SAMPLE | {"set": ("set.json", b"{}")}
    assert_problem(two_roles.post("/api/variants", files=both), 409, "set-and-more", "resume")
    broken = two_roles.post("/api/variants/fit", files={"set": ("set.json", b"[]")})
    assert_problem(broken, 409, "no-variant-set")
    chef = {"resume": ("c.md", b"# Ann Chef\n\nann@example.com\n\n## Skills\n\n- Kitchen: Sauces, Pastry\n")}
    refused = two_roles.post("/api/variants", files=chef, data={"accept_reading": "true"})
    assert_problem(refused, 409, "no-fitting-role", "all=true")
    unset = two_roles.post("/api/variants", files=SAMPLE, data={"formats": "md", "use_gpt_rewrite": "true"})
    assert_problem(unset, 409, "no-model", "OPENAI")


def test_a_field_of_a_form_left_empty_counts_as_not_sent(client: TestClient) -> None:
    resume = {"resume": ("resume.md", b"# Jane Doe\n\n## Skills\n\n- Tools: Python, Docker\n")}
    slug = slugs_of(client)[0]
    data = {"formats": "md", "clusters": slug, "job_description": ""}
    answer = client.post("/api/variants", files=resume, data=data)
    assert answer.status_code == 200, answer.text
    document = client.get("/openapi.json").json()
    reference = document["paths"]["/api/variants"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    form = document["components"]["schemas"][reference["$ref"].rpartition("/")[2]]
    assert re.search(form["properties"]["job_description"]["pattern"], "")


def test_a_variant_can_be_ordered_for_one_job(client: TestClient) -> None:
    answer = client.post(
        "/api/variants",
        files={"resume": ("cv", pdf("Ada Lovelace\n\nSkills\n\nPython, SQL"))},
        data={"formats": ["json"], "job_description": ENGINEER},
    )
    assert answer.status_code == 200, answer.text


def test_long_work_is_a_job_with_progress_and_a_result_that_can_be_deleted(client: TestClient) -> None:
    started = client.post(
        "/api/variants",
        files={"resume": ("ada.md", SAMPLE_RESUME.read_bytes())},
        data={"formats": ["md"]},
        headers={"Prefer": "respond-async"},
    )
    assert started.status_code == 202
    where = started.headers["location"]
    state = started.json()
    while state["status"] in ("waiting", "running"):
        time.sleep(0.05)
        state = client.get(where).json()
    assert state["status"] == "done"
    assert state["progress"]["fraction"] == 1
    assert zipfile.ZipFile(io.BytesIO(client.get(state["result"]).content)).namelist()
    assert client.delete(where).status_code == 204
    assert_problem(client.get(where), 404, "job-not-found")
    assert_problem(client.get(f"{where}/result"), 404, "job-not-found")


def test_a_job_that_fails_says_why(client: TestClient) -> None:
    upload = {"resume": ("ada.pdf", b"no PDF at all")}
    assert_problem(client.post("/api/variants", files=upload), 422, "unusable-input", "ada.pdf")
    started = client.post("/api/variants", files=upload, headers={"Prefer": "respond-async"})
    where = started.headers["location"]
    while (state := client.get(where).json())["status"] in ("waiting", "running"):
        time.sleep(0.02)
    assert state["status"] == "failed"
    assert "ada.pdf" in state["problem"]["detail"]
    assert_problem(client.get(f"{where}/result"), 422, "unusable-input")


def test_a_cluster_that_is_not_there_is_refused_by_name(client: TestClient) -> None:
    files = {"resume": ("a.md", b"# Ada\n\n## Skills\n\nPython")}
    answer = client.post("/api/variants", files=files, data={"clusters": ["no-such"]})
    assert_problem(answer, 404, "cluster-not-found", "no-such", slugs_of(client)[0])


BAD_BODIES: dict[str, tuple[bytes, int, str]] = {
    "nothing": (b"", 422, "invalid-request"),
    "not JSON": (b"job_description=x", 400, "not-json"),
    "half a document": (b'{"job_description": "We seek', 400, "not-json"),
    "no UTF-8": (b'{"job_description": "\xff\xfe\xff"}', 400, "bad-request"),
    "half an emoji in bytes": (b'{"job_description": "We seek a nurse \xf0\x9f"}', 400, "bad-request"),
    "a list": (b"[]", 422, "invalid-request"),
    "a field missing": (b"{}", 422, "invalid-request"),
    "a field unknown": (b'{"job_description": "We seek a nurse", "model": "x"}', 422, "invalid-request"),
    "a number": (b'{"job_description": 12345}', 422, "invalid-request"),
    "null": (b'{"job_description": null}', 422, "invalid-request"),
    "empty text": (b'{"job_description": ""}', 422, "invalid-request"),
    "blank text": (b'{"job_description": " \\n\\t \\u0000"}', 422, "invalid-request"),
    "no letters": (b'{"job_description": "12 34 !!"}', 422, "invalid-request"),
    "a switch in words": (b'{"job_description": "We seek a nurse", "use_semantic": "maybe"}', 422, "invalid-request"),
    "deep nesting": (b"[" * 100_000, 400, "bad-request"),
}


@pytest.mark.parametrize("case", BAD_BODIES)
def test_a_bad_body_is_refused_clearly_and_the_next_request_works(case: str, client: TestClient) -> None:
    body, status, code = BAD_BODIES[case]
    answer = client.post("/api/analyze", content=body, headers={"Content-Type": "application/json"})
    assert_problem(answer, status, code)
    assert analyze(client).status_code == 200


def test_a_body_that_does_not_say_it_is_json_is_told_to(client: TestClient) -> None:
    answer = client.post("/api/analyze", content=b'{"job_description": "x"}', headers={"Content-Type": "text/plain"})
    assert_problem(answer, 422, "invalid-request", "Content-Type: application/json")


ODD_TEXTS = {
    "NUL bytes": '{"job_description": "\\u0000We seek\\u0000 a nurse who knows Python", "use_semantic": false}',
    "half an emoji": '{"job_description": "\\ud83d We seek a nurse who knows Python", "use_semantic": false}',
    "a megabyte of one word": json.dumps({"job_description": "python" * 170_000, "use_semantic": False}),
    "a megabyte of words": json.dumps({"job_description": "python " * 150_000, "use_semantic": False}),
}


@pytest.mark.parametrize("case", ODD_TEXTS)
def test_odd_texts_are_answered(case: str, client: TestClient) -> None:
    answer = client.post("/api/analyze", content=ODD_TEXTS[case], headers={"Content-Type": "application/json"})
    assert answer.status_code == 200, answer.text
    json.dumps(answer.json()).encode()


def test_an_invalid_request_names_its_parts_without_quoting_them(client: TestClient) -> None:
    answer = client.post("/api/analyze", json={"job_description": [], "secret": "hunter2"})
    assert_problem(answer, 422, "invalid-request")
    assert {fault["where"] for fault in answer.json()["errors"]} == {"body.job_description", "body.secret"}
    assert "hunter2" not in answer.text


def test_unknown_paths_and_wrong_methods_are_problems_too(client: TestClient) -> None:
    assert_problem(client.get("/api/nothing"), 404, "not-found", "/openapi.json")
    refused = client.get("/api/analyze")
    assert_problem(refused, 405, "method-not-allowed")
    assert refused.headers["allow"] == "POST"
    assert client.post("/api/jobs/none").headers["allow"] == "DELETE, GET"


def test_without_an_artifact_keywords_still_work_and_the_rest_says_how_to_make_one(bare: TestClient) -> None:
    answer = analyze(bare).json()
    assert {each["slug"] for each in answer["clusters"]} == {"research_ml", "applied_production", "genai_llm"}
    assert any(NOT_MADE in notice for notice in answer["notices"])
    assert bare.get("/api/health").json() == {"status": "ok"}
    assert len(bare.get("/api/categories").json()["categories"]) == 3
    for refused in (bare.get("/api/ready"), bare.get("/api/clusters"), analyze(bare, use_semantic=True)):
        assert_problem(refused, 503, "artifact-missing", NOT_MADE)
    upload = {"resume": ("a.md", SAMPLE_RESUME.read_bytes())}
    assert_problem(bare.post("/api/variants", files=upload), 503, "artifact-missing", NOT_MADE)


def test_an_artifact_is_seen_when_it_appears_changes_breaks_and_is_mended(bare: TestClient, workspace: Path) -> None:
    path = workspace / "output/vacancy_clusters.json"
    assert_problem(bare.get("/api/ready"), 503, "artifact-missing")
    for slug in ("nurse", "welder"):
        save_artifact(ClusterArtifact(clusters=[Cluster(slug=slug, name=slug, top_keywords=["triage"])]), path)
        assert bare.get("/api/ready").json() == {"status": "ready"}
        assert slugs_of(bare) == [slug]
        assert [each["slug"] for each in analyze(bare, NURSE).json()["clusters"]] == [slug]
    path.write_text("{")
    for refused in (bare.get("/api/ready"), bare.get("/api/clusters"), analyze(bare, NURSE, use_semantic=True)):
        assert_problem(refused, 503, "artifact-broken", str(path), "not JSON")
    notices = analyze(bare, NURSE).json()["notices"]
    assert any("broken" in notice and str(path) in notice for notice in notices)
    save_artifact(ClusterArtifact(clusters=[Cluster(slug="cook", name="Cook", top_keywords=["triage"])]), path)
    assert analyze(bare, NURSE).json()["clusters"][0]["slug"] == "cook"


def test_an_artifact_replaced_while_serving_never_fails_an_answer(bare: TestClient, workspace: Path) -> None:
    path = workspace / "output/vacancy_clusters.json"
    is_over = threading.Event()

    def replace() -> None:
        for number in range(40):
            cluster = Cluster(slug=f"role-{number}", name="Role", top_keywords=["python"])
            save_artifact(ClusterArtifact(clusters=[cluster]), path)
        is_over.set()

    thread = threading.Thread(target=replace)
    thread.start()
    statuses = set()
    while not is_over.is_set():
        statuses.add(analyze(bare).status_code)
    thread.join()
    assert statuses == {200}
    assert slugs_of(bare) == ["role-39"]


def test_an_error_that_nobody_foresaw_says_nothing_of_its_cause() -> None:
    app = create_app()

    @app.get("/boom")
    async def boom() -> None:
        raise KeyError("secret of /etc")

    client = client_of(app)
    refused = client.get("/boom")
    assert_problem(refused, 500, "internal")
    assert "secret" not in refused.text
    assert client.get("/api/health").status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.1", "", "localhost:80:80", "[::1"])
def test_another_hosts_name_is_refused(host: str, bare: TestClient) -> None:
    assert_problem(bare.get("/api/health", headers={"Host": host}), 400, "host-not-allowed")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:1"])
def test_the_names_of_loopback_are_answered(host: str, bare: TestClient) -> None:
    assert bare.get("/api/health", headers={"Host": host}).status_code == 200


def test_hosts_are_read_without_their_ports() -> None:
    assert [host_name(h) for h in ("A.b:80", "[::1]:8", "[::1]", "::1", "x:y")] == ["a.b", "::1", "::1", "", ""]


def test_pages_of_other_sites_are_refused_unless_they_are_allowed(workspace: Path) -> None:
    page = {"Origin": "https://board.example"}
    closed = client_of(create_app())
    assert_problem(closed.get("/api/health", headers=page), 403, "origin-not-allowed")
    assert closed.get("/api/health", headers={"Origin": HOST}).status_code == 200
    opened = client_of(create_app(origins=["https://board.example"]))
    answer = opened.get("/api/health", headers=page)
    assert answer.headers["access-control-allow-origin"] == "https://board.example"
    assert_problem(opened.get("/api/health", headers={"Origin": "null"}), 403, "origin-not-allowed")


def test_a_token_that_is_set_is_asked_for(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLEMAP_API_TOKEN", "s3cret-ü")
    client = client_of(create_app())
    assert client.get("/api/health").status_code == 200
    for header in (
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Basic s3cret"},
        {"Authorization": "Bearer"},
    ):
        refused = client.get("/api/taxonomy", headers=header)
        assert_problem(refused, 401, "token-wrong")
        assert refused.headers["www-authenticate"] == "Bearer"
    right = {b"Authorization": "Bearer s3cret-ü".encode()}
    assert client.get("/api/taxonomy", headers=right).status_code == 200
    assert client.get("/openapi.json", headers=right).json()["components"]["securitySchemes"]


def respond_to(app: Any, scope: dict[str, Any]) -> int:
    """Return the status of an ASGI app's answer to a request without a body."""
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        statuses.append(message.get("status", 0))

    asyncio.run(app({"type": "http", "path": "/api/clusters", "scheme": "http", "headers": [], **scope}, receive, send))
    return statuses[0]


async def accept(_: Any, __: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})


@pytest.mark.parametrize(
    ("server", "status"), [(("192.0.2.7", 80), 403), (("127.0.0.1", 80), 200), (("/run/s", None), 200)]
)
def test_connections_from_elsewhere_are_refused_without_a_token(server: Any, status: int) -> None:
    assert respond_to(TokenCheck(accept, None), {"server": server}) == status


def test_addresses_are_hosts_where_it_listens_on_all_of_them() -> None:
    everywhere = HostCheck(accept, hosts={"*"})
    assert respond_to(everywhere, {"headers": [(b"host", b"192.0.2.7:8000")]}) == 200
    assert respond_to(everywhere, {"headers": [(b"host", b"evil.example")]}) == 400


def test_a_body_that_is_too_large_is_refused_announced_or_not(workspace: Path) -> None:
    client = client_of(create_app(limits=Limits(json_bytes=1000, upload_bytes=3000)))
    assert_problem(analyze(client, "word " * 400), 413, "body-too-large")
    parts = (b"x" * 100 for _ in range(20))
    unannounced = client.post("/api/analyze", content=parts, headers={"Content-Type": "application/json"})
    assert_problem(unannounced, 413, "body-too-large")
    upload = client.post("/api/variants", files={"resume": ("a.md", b"x" * 4000)})
    assert_problem(upload, 413, "body-too-large")


def test_a_body_that_never_arrives_is_given_up(workspace: Path) -> None:
    app = create_app(limits=Limits(body_seconds=0.3))
    with listening(app) as port, socket.create_connection(("127.0.0.1", port)) as connection:
        connection.settimeout(10)
        connection.sendall(
            b"POST /api/analyze HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Content-Length: 100\r\n\r\n{"
        )
        assert b" 408 " in connection.recv(1000).split(b"\r\n")[0]
        assert httpx2.get(f"http://127.0.0.1:{port}/api/health").status_code == 200


def test_work_beyond_the_queue_is_refused_and_what_takes_too_long_given_up() -> None:
    pool = WorkerPool("test", workers=1, waiting=1)
    go = threading.Event()

    async def crowd() -> list[Any]:
        return await asyncio.gather(*(pool.run(go.wait, seconds=1) for _ in range(4)), return_exceptions=True)

    try:
        answers = asyncio.run(crowd())
    finally:
        go.set()
    codes = [answer.problem.code for answer in answers if isinstance(answer, ProblemError)]
    assert sorted(codes) == ["busy", "busy", "too-slow", "too-slow"]
    assert all(a.headers["Retry-After"] for a in answers if isinstance(a, ProblemError) and a.headers)
    assert asyncio.run(pool.run(lambda: "next", seconds=10)) == "next"
    pool.close()


def test_a_full_server_says_when_to_come_back(clustered: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLEMAP_HOME", str(clustered))
    app = create_app(limits=Limits(workers=1, waiting=0))
    go = threading.Event()
    with client_of(app) as client:
        held = app.state.service.workers.submit(go.wait)
        refused = analyze(client)
        assert_problem(refused, 503, "busy")
        assert refused.headers["retry-after"] == "1"
        assert client.get("/api/health").status_code == 200
        go.set()
        held.result()
        assert analyze(client).status_code == 200


def test_a_cancelled_job_stops_at_its_next_step_and_old_results_are_dropped(workspace: Path) -> None:
    service = create_app(limits=Limits(kept_jobs=2)).state.service
    begun, go = threading.Event(), threading.Event()

    def work(on_progress: ProgressCallback) -> JobResult:
        begun.set()
        go.wait()
        on_progress(ProgressEvent("Next", 1, 2))
        return JobResult(b"late", "text/plain", "late.txt")

    job: Job = service.jobs.start("variants", work)
    begun.wait()
    service.jobs.remove(job.id)
    go.set()
    assert job.future is not None
    job.future.result()
    assert job.result is None
    jobs = [service.jobs.start("match", lambda _: JobResult(b"", "text/plain", "x")) for _ in range(4)]
    for each in jobs:
        each.future.result()
    with pytest.raises(ProblemError):
        service.jobs.get(jobs[0].id)
    assert service.jobs.get(jobs[3].id).status is JobStatus.done
    service.close()


def test_the_openapi_document_has_examples_and_problems(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    assert {"/api/analyze", "/api/match", "/api/match/bulk", "/api/variants", "/api/clusters"} <= set(document["paths"])
    for operations in document["paths"].values():
        for operation in operations.values():
            assert operation["description"]
            assert "application/problem+json" in operation["responses"]["503"]["content"]
    assert document["components"]["schemas"]["AnalyzeRequest"]["properties"]["job_description"]["examples"]


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode))
def test_what_the_openapi_document_promises_holds_for_any_request(
    mode: schemathesis.GenerationMode, client: TestClient, clustered: Path
) -> None:
    schema = schemathesis.openapi.from_asgi("/openapi.json", client.app, headers={"Host": "localhost"})
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation: Any = found.ok()
        has_input = bool(operation.body or operation.path_parameters)
        if mode is mode.NEGATIVE and not has_input:
            continue

        @settings(
            max_examples=5,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def holds(case: schemathesis.Case) -> None:
            if mode is mode.POSITIVE and isinstance(case.body, dict):  # what is slow has tests of its own
                case.body |= {"formats": ["md"]} if "resume" in case.body else {"use_semantic": False}
            if mode is mode.POSITIVE and isinstance(case.body, dict) and "postings" in case.body:
                return  # any bytes are a file, but few are postings
            case.call_and_validate(headers={"Host": "localhost"}, timeout=60)

        holds()


@contextmanager
def listening(app: FastAPI) -> Iterator[int]:
    """Serve an app on a free port of loopback until the end of the block; yields the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def serving(home: Path, *options: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run `python main.py serve` on a free port until the end of the block; yields the process and where it listens."""
    process = subprocess.Popen(
        sandboxed("main.py", "serve", "--port", "0", *options),
        cwd=ROOT,
        env=own_environment(home, **environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process, process.stdout.readline().split()[-1]
    finally:
        process.kill()
        process.communicate()


def test_serve_answers_on_loopback_and_finishes_what_it_has_begun(workspace: Path) -> None:
    with serving(workspace) as (process, url):
        assert url.startswith("http://127.0.0.1:")
        assert httpx2.get(f"{url}/api/health").json() == {"status": "ok"}
        body = {"job_description": ENGINEER, "use_semantic": False}
        assert httpx2.post(f"{url}/api/analyze", json=body, timeout=60).status_code == 200
        assert httpx2.get(f"{url}/api/health", headers={"Host": "evil.example"}).status_code == 400
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


def test_answers_are_sent_in_full_at_once() -> None:
    """Without this a kept connection waits some 40 ms for every answer, for the client's acknowledgement."""
    with serve_commands._listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_serve_stops_when_interrupted(workspace: Path) -> None:
    with serving(workspace) as (process, _):
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130


def test_serve_sees_the_artifact_that_it_is_given(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    save_artifact(ClusterArtifact(clusters=[Cluster(slug="welder", name="Welder", top_keywords=["welding"])]), path)
    with serving(workspace, "--clusters-artifact", str(path)) as (_, url):
        assert [c["slug"] for c in httpx2.get(f"{url}/api/clusters").json()["clusters"]] == ["welder"]


def test_serve_refuses_to_listen_elsewhere_without_a_token(workspace: Path) -> None:
    done = run_command("serve", "--host", "0.0.0.0", home=workspace)
    assert done.status == 1
    assert len(done.error_lines) == 1
    assert "ROLEMAP_API_TOKEN" in done.err
    assert "Traceback" not in done.err


def test_only_loopback_counts_as_this_machine() -> None:
    assert all(map(is_loopback, ("localhost", "127.0.0.1", "127.8.8.8", "::1", "[::1]")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.0.2.7", "example.org", "localhost.example.org", "")))


def test_serve_asks_for_the_token_where_it_listens_on_every_address(workspace: Path) -> None:
    with serving(workspace, "--host", "0.0.0.0", ROLEMAP_API_TOKEN="s3cret") as (_, url):
        port = url.rpartition(":")[2]
        there = f"http://127.0.0.1:{port}/api/taxonomy"
        assert httpx2.get(there).status_code == 401
        assert httpx2.get(there, headers={"Authorization": "Bearer s3cret"}).status_code == 200


def test_a_port_that_is_taken_is_told_in_one_line(workspace: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run_command("serve", "--port", str(taken.getsockname()[1]), home=workspace)
    assert done.status == 1
    assert "--port" in done.error_lines[0]


def test_a_letter_comes_back_as_a_zip(bare: TestClient) -> None:
    resume = {"resume": ("ada.md", SAMPLE_RESUME.read_bytes())}
    data = {"job_description": ENGINEER, "formats": ["txt", "docx"], "theme": "modern"}
    answer = bare.post("/api/letter", files=resume, data=data)
    assert answer.status_code == 200, answer.text
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert sorted(name.rpartition(".")[2] for name in names) == ["docx", "json", "txt"]
    report = json.loads(zipfile.ZipFile(io.BytesIO(answer.content)).read("letter.json"))
    assert report["facts"]
    assert all(fact["text"] == fact["source"] for fact in report["facts"])
    unset = bare.post("/api/letter", files=resume, data=data | {"use_gpt_rewrite": "true"})
    assert_problem(unset, 409, "no-model", "OPENAI")
    refused = bare.post("/api/letter", files=resume, data={"job_description": "Be nice to everybody here."})
    assert_problem(refused, 409, "no-letter", "names no skill")
