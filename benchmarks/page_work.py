"""How much processor time the server spends on a page: shown first, shown again, and after a change of the question.

    python -m benchmarks.page_work --home WORKSPACE

The workspace must be clustered. Pages run in this process, so that other work on the machine does not count; what a
browser draws is left out (`benchmarks.page_times` has it).
"""

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path

ASKED = ("browse_vacancies", "role_clusters", "compare_markets", "market_trends")


def spent(step: Callable[[], object]) -> float:
    """Return the processor time of a step in seconds."""
    start = time.process_time()
    step()
    return time.process_time() - start


def main() -> None:
    """Print a line a page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    os.environ["ROLEMAP_HOME"] = str(parser.parse_args().home)
    from streamlit.testing.v1 import AppTest

    from pages.ui import dashboard

    app = AppTest.from_file(str(Path(__file__).parent.parent / "app.py"), default_timeout=900)
    print(f"start_here: first {spent(app.run):.2f}", flush=True)
    for page in dashboard.PAGES:
        app.switch_page(f"pages/views/{page}.py")
        first, again = spent(app.run), min(spent(app.run) for _ in range(3))
        changed = "-"
        if page in ASKED:
            level = app.multiselect(key="question.seniorities")
            changed = f"{spent(level.set_value(level.options[:1]).run):.2f}"
            app.multiselect(key="question.seniorities").set_value([]).run()
        print(f"{page}: first {first:.2f}, again {again:.2f}, after a change {changed}", flush=True)


if __name__ == "__main__":
    main()
