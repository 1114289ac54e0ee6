"""What programs for a terminal make of mails: w3m of the HTML, neomutt of the whole. Both come from Debian where they are missing."""

from __future__ import annotations

import mailbox
import os
import pty
import re
import select
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from tests.quality import servers, tools
from tests.quality.mails import Mail

PATIENCE = 60.0
COLUMNS = 72

SETTINGS = """\
set charset=UTF-8
set folder=.
set sort=mailbox-order
set auto_tag=yes
set pipe_decode=yes
set pipe_split=no
set wait_key=no
set quit=yes
set move=no
alternative_order text/plain text/html
"""


def w3m(html: Path) -> str:
    """A page without any style, its links numbered, and below them where they lead."""
    options = f"-dump -o display_link_number=1 -cols {COLUMNS} -T text/html -I UTF-8 -O UTF-8".split()
    done = tools.run(servers.program("w3m", "w3m"), *options, html)
    assert done.returncode == 0, done.stderr
    return done.stdout


def neomutt(mails: Sequence[Mail], folder: Path) -> list[str]:
    """What neomutt shows of each mail: its headers in plain words, and the part that it takes to be for reading."""
    box = mailbox.mbox(folder / "box")
    for mail in mails:
        box.add(mail.data)
    box.close()
    shown = folder / "shown"
    (folder / "settings").write_text(SETTINGS)
    # As a person would: mark all of them, and send what is shown to a program.
    keys = f'push "<tag-pattern>~A<enter><pipe-message>cat > {shown}<enter><quit>"'
    _at_a_terminal(
        [servers.program("neomutt", "neomutt"), "-n", "-F", "settings", "-R", "-f", "box", "-e", keys], folder
    )
    # The line of the mailbox, which begins each of them.
    _, *said = re.split(r"(?m)^From MAILER-DAEMON .*\n", shown.read_text())
    return said


def _at_a_terminal(command: Sequence[str], folder: Path) -> None:
    """Run a program that wants a person before it, and kill it where it does not end."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        here = {**os.environ, "LC_ALL": "C.UTF-8", "TERM": "xterm", "HOME": str(folder)}
        os.execve(command[0], list(command), here)
    until = time.monotonic() + PATIENCE
    said = b""
    try:
        while time.monotonic() < until:
            if select.select([terminal], [], [], 0.2)[0]:
                try:
                    said += os.read(terminal, 1 << 16)
                except OSError:  # the program has closed it, and is done
                    break
        else:
            os.kill(process, signal.SIGKILL)
            raise AssertionError(f"it did not end: {said[-1000:]!r}")
    finally:
        os.close(terminal)
        os.waitpid(process, 0)
