"""Tables with a row of column names: of posts, and of skills with how well and how long."""

from pipeline.resumes.training.content import Job
from pipeline.resumes.training.lists import listed
from pipeline.resumes.training.marked import Marked, Piece
from pipeline.resumes.training.page import Page

MOST = 4  # columns of a table of posts
LEVELS = ("Advanced", "Expert", "Intermediate", "Basic", "4/5", "80%", "Good", "Proficient")
SKILL_NAMES = ("Skill", "Skills", "Technology", "Tool", "Area", "Competence", "Technical skill")
LEVEL_NAMES = ("Level", "Proficiency", "Rating", "Knowledge", "Experience level")
YEAR_NAMES = ("Years", "Experience (years)", "Years used", "Last used")


def column_names(names: list[str], section: str, bold: bool = True) -> Marked:
    """Return the row that names a table's columns."""
    return Marked([[Piece(name, "label", bold=bold)] for name in names], f"{section}.columns", gap=True)


def post_table(page: Page, jobs: list[Job], section: str) -> list[Marked]:
    """Return posts as the rows of a table, what was done below each row, or nowhere."""
    rng = page.rng
    tags = ["employer", "position", "dates", "place"]
    rng.shuffle(tags)
    tags = [tag for tag in tags if tag != "place" or rng.random() < 0.5][:MOST]
    names = [rng.choice(listed(page.words[f"label_{tag}"])) for tag in tags]
    with_items, numbered = rng.random() < 0.4, rng.random() < 0.15
    lines = [column_names((["No."] if numbered else []) + names, section, bold=rng.random() < 0.7)]
    for number, job in enumerate(jobs, start=1):
        texts = {"employer": job.employer, "position": job.position, "dates": job.dates, "place": job.place}
        cells = [[Piece(texts[tag] or "-", tag if texts[tag] else "-")] for tag in tags]
        first = [[Piece(f"{number}", "-")]] if numbered else []
        lines.append(Marked(first + cells, f"{section}.entry", gap=rng.random() < 0.3))
        lines += page.items(job.items, f"{section}.item") if with_items else []
    return lines


def skill_table(page: Page, skills: list[str]) -> list[Marked]:
    """Return skills as the rows of a table, with how well or how long each is known."""
    rng = page.rng
    beside = rng.choice([(LEVEL_NAMES,), (YEAR_NAMES,), (LEVEL_NAMES, YEAR_NAMES)])
    lines = [column_names([rng.choice(SKILL_NAMES), *map(rng.choice, beside)], "skills", bold=rng.random() < 0.7)]
    for skill in skills:
        said = [rng.choice(LEVELS) if names is LEVEL_NAMES else str(rng.randint(1, 20)) for names in beside]
        lines.append(Marked([[Piece(skill, "skill")], *([Piece(text, "note")] for text in said)], "skills.line"))
    return lines
