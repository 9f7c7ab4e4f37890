"""The page round a report: one file that needs nothing else, prints well, and in which nothing can run."""

from collections.abc import Sequence

from pipeline.report.marks import escaped, shapes

# No script, no request: a browser refuses both, even if a posting found a way round the escaping.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { margin: 0 auto; max-width: 62rem; padding: 2rem 1.25rem 4rem; background: #fff; color: #1b1f24;
  font: 16px/1.5 system-ui, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.4rem; margin: 2.75rem 0 .5rem; border-top: 1px solid #ddd; padding-top: 1.25rem; }
h3 { font-size: 1.1rem; margin: 2rem 0 .25rem; }
p { margin: .4rem 0 .8rem; max-width: 46rem; } .quiet { color: #59636e; }
nav ul { columns: 2 16rem; padding-left: 1.2rem; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; margin: .5rem 0 1rem; }
caption { text-align: left; color: #59636e; padding-bottom: .25rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #eee; }
thead th { border-bottom-color: #bbb; } th { font-weight: 600; } tbody th { font-weight: 400; }
th, td { max-width: 26rem; } td.heat, th.heat { text-align: center; padding: .3rem .4rem; }
.bar { display: flex; gap: .5rem; align-items: center; white-space: nowrap; min-width: 13rem; }
.track { flex: 1; } .track span { display: block; height: .8rem; min-width: 1px; border-radius: 2px; }
.mark { width: .9rem; height: .9rem; vertical-align: -.1rem; margin-right: .4rem; }
.map { width: 100%; height: auto; border: 1px solid #e4e4e4; border-radius: 6px; } .map use { opacity: .85; }
.on-map { font: 600 13px sans-serif; text-anchor: middle; dominant-baseline: middle; paint-order: stroke;
  stroke: #fff; stroke-width: 4px; stroke-linejoin: round; }
.interval { width: 200px; height: 16px; display: block; } .defs { position: absolute; }
.curve { width: 100%; max-width: 40rem; height: auto; } .curve text { font: 12px system-ui, sans-serif; fill: #59636e; }
.key { display: inline-block; margin: 0 1.2rem .2rem 0; }
@media (max-width: 45rem) { .wide table { min-width: 42rem; } }
@page { margin: 15mm; }
@media print {
  body { padding: 0; max-width: none; font-size: 11pt; }
  h2 { break-after: avoid; } nav { display: none; }
  tr, .map, .curve { break-inside: avoid; } h3 { break-after: avoid; }
  .wide { overflow: visible; } .wide table { min-width: 0; }
}
"""


def page(title: str, introduction: str, sections: Sequence[tuple[str, str, str]]) -> str:
    """Return the whole file. A section has its anchor, its title as plain text, and its HTML."""
    links = "".join(f'<li><a href="#{anchor}">{escaped(name)}</a></li>' for anchor, name, _ in sections)
    body = "".join(
        f'<section id="{anchor}"><h2>{escaped(name)}</h2>{content}</section>' for anchor, name, content in sections
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escaped(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{shapes()}"
        f"<main><h1>{escaped(title)}</h1>{introduction}<nav><ul>{links}</ul></nav>\n{body}</main>\n</body>\n</html>\n"
    )
