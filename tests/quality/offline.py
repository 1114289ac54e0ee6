"""A browser and a web server alone with one another, in a name space of the network that has a loopback and nothing else.

`look` starts this very file in there; what it does inside begins at `main`.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from tests import browser
from tests.quality import servers, tools

BROWSERS = {"chrome": "HeadlessChrome/", "firefox": "firefox/"}
"""Each browser, as its driver calls it, and how its version begins."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a browser of a version saw: the title of each page by its address, and all that was wrong."""

    version: str
    titles: dict[str, str]
    findings: list[str]


def program(name: str) -> str:
    return browser.find() if name == "chrome" else servers.program("firefox-esr", "firefox-esr")


def look(
    name: str, site: Path, pages: dict[str, str], *, root: str = "", documents: Path | None = None
) -> Seen:
    """Look at pages of a site, from the disk, or (where `root` is given) served by nginx with the headers in force.

    `pages` are addresses, each with the one to which it sends its readers, or "". `documents` are the server's.
    """
    plan = {
        "module": str(puppeteer()),
        "node": tools.node()[0],
        "browser": name,
        "program": program(name),
        "site": str(site),
        "pages": pages,
        "root": root,
        "documents": str(documents or site),
    }
    if root:
        servers.program("nginx", servers.PACKAGES["nginx"])
    inside = f"ip link set lo up && exec {shlex.quote(sys.executable)} -m tests.quality.offline"
    apart = ["unshare", "--net", *([] if os.geteuid() == 0 else ["--map-root-user"]), "sh", "-c", inside]
    done = subprocess.run(
        apart,
        cwd=tools.ROOT,
        input=json.dumps(plan),
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    said = json.loads(done.stdout)
    return Seen(said["version"], said["seen"], said["findings"])


def puppeteer() -> Path:
    folder = tools.modules() / "puppeteer-core"
    entry = json.loads((folder / "package.json").read_text())["exports"]["."]
    return folder / (entry if isinstance(entry, str) else entry["import"])


def is_cut_off() -> bool:
    """Whether there is no way out of here: there is one network device, and that is the loopback."""
    return [
        name.strip().partition(":")[0] for name in Path("/proc/net/dev").read_text().splitlines()[2:]
    ] == ["lo"]


def main() -> None:
    plan = json.load(sys.stdin)
    if not is_cut_off():
        sys.exit("the network is not cut off")
    site, root = Path(plan["site"]), plan["root"]
    with tempfile.TemporaryDirectory() as work:
        serving = (
            servers.serving("nginx", Path(work) / "server", Path(plan["documents"]), root)
            if root
            else nullcontext(None)
        )
        with serving as host:
            inside = host.url if host else f"{site.as_uri()}/"
            if host:
                urlopen(inside).close()
            given = {
                **plan,
                "inside": inside,
                "profile": f"{work}/profile",
                "pages": [
                    {"url": inside + address, "leads": inside + to if to else ""}
                    for address, to in plan["pages"].items()
                ],
            }
            done = subprocess.run(
                [plan["node"], str(Path(__file__).with_name("look.mjs"))],
                input=json.dumps(given),
                env={**os.environ, "HOME": work},
                capture_output=True,
                text=True,
                check=False,
            )
    sys.stderr.write(done.stderr)
    sys.stdout.write(done.stdout.replace(inside, ""))
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
