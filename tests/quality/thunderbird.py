"""Pictures of mails as Thunderbird shows them, in a window of its own on a screen that nobody sees.

Thunderbird, Xvfb and xdotool come from Debian where they are missing and we may install them.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from functools import cache
from pathlib import Path

from PIL import Image, ImageGrab

from tests.quality import servers, tools

PACKAGES = {"thunderbird": "thunderbird", "Xvfb": "xvfb", "xdotool": "xdotool"}
"""Each program, and Debian's package that brings it."""

WIDTH, HEIGHT = 760, 4600
"""The window, and with it the screen, in pixels: a whole mail is seen without scrolling."""

HEAD, FOOT = 240, 40
"""Above and below these there is nothing of the mail itself: menus and headers, and the bar at the bottom."""

PATIENCE = 90.0
"""Seconds in which a busy machine has shown a mail; an idle one needs six."""

STILL = 3
"""So many looks in a row that see the same, half a second apart, are a mail that is drawn."""


@cache
def programs() -> dict[str, str]:
    """Where the programs are; raises NoTool."""
    return {name: servers.program(name, package) for name, package in PACKAGES.items()}


@contextmanager
def screen() -> Iterator[str]:
    """The name of a display that is nobody else's, until the end of the block."""
    reading, writing = os.pipe()
    size = f"{WIDTH}x{HEIGHT}x24"
    command = [programs()["Xvfb"], "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, pass_fds=(writing,), stdin=quiet, stdout=quiet, stderr=quiet) as process:
        os.close(writing)
        try:
            with os.fdopen(reading) as answer:
                number = answer.readline().strip()
            if not number:
                raise tools.NoTool(f"Xvfb ended with {process.wait()} before it had a screen")
            yield f":{number}"
        finally:
            process.terminate()
            process.wait(timeout=10)


def show(mail: bytes, *, dark: bool = False) -> Image.Image:
    """A picture of Thunderbird's window with a mail in it, cut off below the mail's end.

    In the dark Thunderbird gives every mail colours of its own choice (Dark Reader); a mail's own never come to it.
    """
    with screen() as display, tempfile.TemporaryDirectory(prefix="yearround-thunderbird-") as folder:
        home = Path(folder)
        (home / "mail.eml").write_bytes(mail)
        _profile(home, dark=dark)
        log = home / "log"
        command = [programs()["thunderbird"], "--profile", home, "--no-remote", "-file", home / "mail.eml"]
        surroundings = {**os.environ, "DISPLAY": display, "HOME": str(home), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        with (
            log.open("w") as out,
            # A group of its own: Thunderbird starts others, and all of them end with it.
            subprocess.Popen(
                [str(part) for part in command],
                env=surroundings,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            ) as process,
        ):
            try:
                return _cut(_drawn(display, subject_of(mail), process, log))
            finally:
                os.killpg(process.pid, signal.SIGKILL)


def subject_of(mail: bytes) -> str:
    return str(message_from_bytes(mail, policy=policy.default)["Subject"])


def hosted(mail: bytes) -> bytes:
    """The same mail with its pictures on a server, from which Thunderbird brings none unasked: it shows what they say instead."""
    message = message_from_bytes(mail, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == "multipart/related":
            html, *_ = part.iter_parts()
            part.set_payload([html])
            text = html.get_content().replace('src="cid:', 'src="https://pictures.example/')
            html.set_content(text, subtype="html", charset="utf-8", cte="base64")
    return message.as_bytes()


def _profile(home: Path, *, dark: bool) -> None:
    """A user who has been here before, so that nothing asks or greets, and whose window fills the screen."""
    wants = {
        "ui.systemUsesDarkTheme": int(dark),
        "layout.css.prefers-color-scheme.content-override": 0 if dark else 1,
        "mail.shell.checkDefaultClient": False,
        "mail.spotlight.firstRunDone": True,
        "mail.rights.version": 1,
        "mailnews.start_page.enabled": False,
        "datareporting.policy.dataSubmissionEnabled": False,
        "app.update.enabled": False,
        "network.dns.offline-localhost": False,
        "network.proxy.type": 1,
        "network.proxy.http": "127.0.0.1",
        "network.proxy.http_port": 9,
        "network.proxy.ssl": "127.0.0.1",
        "network.proxy.ssl_port": 9,
    }
    lines = (f'user_pref("{name}", {json.dumps(value)});' for name, value in wants.items())
    (home / "user.js").write_text("\n".join(lines))
    window = {
        "width": str(WIDTH),
        "height": str(HEIGHT),
        "screenX": "0",
        "screenY": "0",
        "sizemode": "normal",
    }
    (home / "xulstore.json").write_text(
        json.dumps({"chrome://messenger/content/messageWindow.xhtml": {"messengerWindow": window}})
    )


def _drawn(display: str, subject: str, process: subprocess.Popen[bytes], log: Path) -> Image.Image:
    """What the screen shows once the window of the mail is there and nothing moves in it any more."""
    until = time.monotonic() + PATIENCE
    before, still = b"", 0
    while time.monotonic() < until:
        assert process.poll() is None, f"Thunderbird ended by itself:\n{log.read_text()}"
        time.sleep(0.5)
        if not _has_window(display, subject):
            continue
        seen = ImageGrab.grab(xdisplay=display).convert("RGB")
        now = seen.tobytes()
        still = still + 1 if now == before else 0
        before = now
        if still >= STILL and _has_writing(seen.crop((0, HEAD, WIDTH, HEIGHT - FOOT))):
            return seen
    raise AssertionError(f"in {PATIENCE:g} s Thunderbird did not show '{subject}':\n{log.read_text()}")


def _has_window(display: str, subject: str) -> bool:
    here = {"DISPLAY": display, "LC_ALL": "C.UTF-8"}
    found = tools.run(programs()["xdotool"], "search", "--onlyvisible", "--name", ".", environment=here)
    names = (
        tools.run(programs()["xdotool"], "getwindowname", one, environment=here).stdout
        for one in found.stdout.split()
    )
    return any(name.startswith(subject) for name in names)


def _has_writing(picture: Image.Image) -> bool:
    """Letters have soft edges, in many shades; an empty window has few."""
    colours = picture.getcolors(1 << 24)
    return colours is not None and len(colours) > 60


def _cut(seen: Image.Image) -> Image.Image:
    """The picture without the empty part between the mail's end and the bar at the bottom."""
    bottom = HEIGHT - FOOT
    empty = seen.crop((0, bottom - 1, WIDTH - 20, bottom)).tobytes()
    while bottom > HEAD and seen.crop((0, bottom - 1, WIDTH - 20, bottom)).tobytes() == empty:
        bottom -= 1
    return seen.crop((0, 0, WIDTH, bottom + 16))
