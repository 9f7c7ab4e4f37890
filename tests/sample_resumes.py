"""Resumes that tests export: one with every section, and plain ones in other scripts."""

from typing import Any

from pipeline.resumes import Resume


def full_resume(**changes: Any) -> Resume:
    """Return a resume that holds every section of the schema and two that it lacks."""
    document: dict[str, Any] = {
        "basics": {
            "name": "Jane Doe",
            "label": "Data Engineer",
            "email": "jane@example.com",
            "phone": "+49 30 5550 1234",
            "url": "https://jane.example.com",
            "summary": "Data engineer with eight years of batch and streaming work.\nBuilds for the people on call.",
            "location": {"city": "Berlin", "country": "Germany"},
            "profiles": [{"network": "GitHub", "username": "example-jane", "url": "https://github.com/example-jane"}],
        },
        "skills": [
            {"name": "Languages", "keywords": ["Python", "SQL", "Scala"]},
            {"name": "Cloud", "keywords": ["AWS (S3, Lambda)", "Terraform"]},
        ],
        "work": [
            {
                "name": "Acme GmbH",
                "position": "Senior Data Engineer",
                "location": "Berlin, Germany",
                "url": "https://acme.example.com",
                "startDate": "2021-03",
                "summary": "Platform team of five.",
                "highlights": ["Cut the nightly load from six hours to one", "Moved 40 jobs to an event stream"],
            },
            {
                "name": "Beta Systems",
                "position": "Software Engineer",
                "startDate": "2016-09",
                "endDate": "2021-02",
                "highlights": ["Built the billing interface"],
            },
        ],
        "education": [
            {
                "institution": "University of Oslo",
                "studyType": "MSc",
                "area": "Informatics",
                "startDate": "2014-08",
                "endDate": "2016-06",
                "score": "1.7",
                "courses": ["Databases", "Compilers"],
            }
        ],
        "projects": [
            {
                "name": "Tidemark",
                "description": "A library for late data.",
                "url": "https://github.com/example-jane/tidemark",
                "startDate": "2019",
                "endDate": "2020",
                "highlights": ["Read by 300 people a month"],
            }
        ],
        "publications": [{"name": "Late data, early answers", "releaseDate": "2020-04", "publisher": "Data Letters"}],
        "certificates": [{"name": "Certified Cloud Architect", "date": "2022-05", "issuer": "Cloud Board"}],
        "awards": [{"title": "Best Internal Tool", "date": "2023-11", "awarder": "Acme GmbH"}],
        "languages": [{"language": "German", "fluency": "Native"}, {"language": "English", "fluency": "Fluent"}],
        "volunteer": [{"organization": "CodeClub", "position": "Coach", "startDate": "2018-01", "endDate": "2019-05"}],
        "interests": [{"name": "Cycling", "keywords": ["touring", "repair"]}],
        "references": [{"name": "Ann Example", "reference": "A pleasure to work with."}],
        "other": [{"title": "Patents", "after": "work", "items": [{"text": "Merging late data", "is_bullet": True}]}],
    }
    return Resume.model_validate(document | changes)


def plain_resume() -> Resume:
    """Return an everyday resume: contact, summary, skills, jobs, education."""
    document = full_resume().model_dump(mode="json", by_alias=True, exclude_none=True)
    document = {key: document[key] for key in ("basics", "skills", "work", "education")}
    document["education"][0].pop("courses")
    return Resume.model_validate(document)


def chinese_resume() -> Resume:
    """Return a resume in Chinese."""
    return Resume.model_validate(
        {
            "basics": {
                "name": "王小明",
                "label": "高级软件工程师",
                "email": "wang@example.com",
                "phone": "+86 138 0000 0000",
                "summary": "十年后端开发经验,熟悉分布式系统与云原生架构。",
                "location": {"city": "上海", "country": "中国"},
            },
            "work": [
                {
                    "name": "示例有限公司",
                    "position": "高级工程师",
                    "startDate": "2019-03",
                    "highlights": ["负责订单系统重构", "带领五人团队完成微服务迁移"],
                }
            ],
            "education": [{"institution": "复旦大学", "studyType": "硕士", "area": "计算机科学", "endDate": "2015"}],
            "skills": [{"name": "数据库", "keywords": ["PostgreSQL", "Redis"]}],
        }
    )


def arabic_resume() -> Resume:
    """Return a resume in Arabic."""
    return Resume.model_validate(
        {
            "basics": {"name": "ليلى حداد", "label": "مهندسة بيانات", "email": "layla@example.com"},
            "work": [
                {
                    "name": "شركة المثال",
                    "position": "مهندسة بيانات أولى",
                    "startDate": "2020-01",
                    "highlights": ["بناء منصة بيانات على AWS"],
                }
            ],
            "skills": [{"name": "قواعد البيانات", "keywords": ["PostgreSQL", "Redis"]}],
        }
    )
