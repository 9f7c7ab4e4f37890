"""axe-core, the accessibility checker: fetched with npm once, known by its hash, never kept with the code.

`python -m tests.browser.axe` fetches it into `.make/`; offline it says so, and the test that needs it is skipped.
"""

import base64
import hashlib
import io
import shutil
import subprocess
import sys
import tarfile

from tests.sandbox import ROOT

VERSION = "4.14.1"
INTEGRITY = "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
ARCHIVE = ROOT / ".make" / f"axe-core-{VERSION}.tgz"
SECONDS = 60


def axe_source() -> str | None:
    """Return the checker's JavaScript; None where it was not fetched or is not what it should be."""
    if not ARCHIVE.is_file() or not _is_genuine(ARCHIVE.read_bytes()):
        return None
    with tarfile.open(fileobj=io.BytesIO(ARCHIVE.read_bytes())) as archive:
        member = archive.extractfile("package/axe.min.js")
        return member.read().decode() if member else None


def _is_genuine(data: bytes) -> bool:
    return base64.b64encode(hashlib.sha512(data).digest()).decode() == INTEGRITY


def fetch() -> None:
    """Fetch the archive with npm. Raises OSError."""
    ARCHIVE.parent.mkdir(exist_ok=True)
    npm = shutil.which("npm")
    if npm is None:
        raise OSError("there is no npm on this machine")
    command = [npm, "pack", "--silent", f"axe-core@{VERSION}", "--pack-destination", str(ARCHIVE.parent)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    if done.returncode:
        raise OSError(done.stderr.strip()[:300])
    if not _is_genuine(ARCHIVE.read_bytes()):
        ARCHIVE.unlink()
        raise OSError("it is not what was published under that version")


def main() -> None:
    """Fetch the checker where it is missing; that it cannot be had hinders nothing else."""
    if axe_source() is None:
        try:
            fetch()
        except (OSError, subprocess.SubprocessError) as error:
            print(f"axe-core {VERSION} could not be fetched, so accessibility is not checked: {error}", file=sys.stderr)


if __name__ == "__main__":
    main()
