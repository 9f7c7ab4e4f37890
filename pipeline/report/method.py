"""The part of a report that says how its findings were made, and how far they can be trusted."""

from pipeline.cluster_artifacts import ClusterArtifact, CurvePoint
from pipeline.market_trends import TrendReport
from pipeline.report.marks import table, text


def method_section(artifact: ClusterArtifact, trends: TrendReport | None) -> str:
    """Return the method in plain words, with the figures it rests on."""
    quality, made = artifact.quality, artifact.provenance
    chosen = "chosen by how well each number holds" if quality.cluster_count == "auto" else "given by the analyst"
    parts = [
        "<p>Every posting was turned into figures that stand for what it says: its title, the job its text names, the "
        "text's meaning and its words. Postings whose figures are close form a kind of role. Names come from titles, "
        "keywords from a list of skills and technologies, each counted in the postings themselves.</p>",
        f"<p>The number of kinds, {len(artifact.clusters)}, was {chosen}. {text(quality.advice)}</p>",
        *(f"<p>{text(note)}</p>" for note in quality.notes),
        table(
            ["Measure", "Value", "What it means"],
            [
                ("Separation", _figure(quality.silhouette), "1 is worlds apart, 0 is one cloud; 0.05 to 0.3 is usual"),
                ("Stability", _figure(quality.stability), "1: the same kinds when a fifth of the postings is left out"),
                ("Repeats", f"{len(artifact.duplicates):,}", "Postings that repeat another and count once"),
                ("Left out", f"{len(artifact.skipped):,}", "Files that could not be read"),
            ],
        ),
    ]
    if len(quality.curve) > 1:
        parts.append(_curve(quality.curve, len(artifact.clusters)))
    if trends is not None:
        parts.append(
            "<p>A trend is a straight line through the log-odds of the monthly shares; postings of one month or one "
            "employer are allowed to be alike. Of the trends named, at most one in twenty is expected to be chance.</p>"
        )
        parts += [f"<p>{text(notice)}</p>" for notice in trends.notices]
    facts = {
        "Model of meaning": made.embedding_model,
        "Names by a language model": made.language_model or "no",
        "Postings (hash)": made.corpus_hash[:16],
        "List of keywords (hash)": made.lexicon_hash[:16],
    }
    parts.append(table(["Made from", ""], [(name, text(value)) for name, value in facts.items() if value]))
    return "".join(parts)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _curve(curve: list[CurvePoint], chosen: int) -> str:
    """Return stability and separation for every number of kinds tried, as a drawing."""
    first, last = min(p.clusters for p in curve), max(p.clusters for p in curve)

    def place(count: int, value: float) -> str:
        return f"{40 + 540 * (count - first) / ((last - first) or 1):.1f},{180 - 160 * min(1.0, max(0.0, value)):.1f}"

    lines = []
    for name, colour, dash, points in (
        ("Stability", "#4477AA", "", [(p.clusters, p.stability) for p in curve if p.stability is not None]),
        ("Separation", "#EE6677", ' stroke-dasharray="2 4"', [(p.clusters, p.silhouette) for p in curve]),
    ):
        if points:
            path = " ".join(place(count, value) for count, value in points)
            x, y = place(*points[-1]).split(",")
            lines.append(
                f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>'
                f'<text x="{float(x) + 6:.1f}" y="{float(y) + 4:.1f}">{name}</text>'
            )
    ticks = "".join(
        f'<text x="{place(p.clusters, 0).split(",")[0]}" y="198" text-anchor="middle">{p.clusters}</text>'
        for p in curve[:: max(1, len(curve) // 12)]
    )
    scale = "".join(f'<text x="4" y="{184 - 160 * value:.0f}">{value:g}</text>' for value in (0, 0.5, 1))
    x = place(chosen, 0).split(",")[0]
    marker = f'<path d="M{x} 20V180" stroke="#228833" stroke-dasharray="5 4"/><text x="{x}" y="14">in use</text>'
    return (
        '<svg class="curve" viewBox="0 0 680 204" role="img" aria-label="Stability and separation for each number of '
        f'kinds of role tried"><path d="M40 180H580" stroke="#bbb"/>{ticks}{scale}{marker}{"".join(lines)}</svg>'
    )
