"""`yearround serve`, or another command that stays, as a person starts it: a process of its own, whose words, answers and events can be waited for."""

from __future__ import annotations

import http.client
import json
import queue
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from tests.built import ROOT

PATIENCE = 30.0
"""Seconds after which something that should have happened has not; never reached when all is well."""


def some_port() -> int:
    """A port that nobody has just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True, slots=True)
class Got:
    """An answer: its status, its headers by small name, and its bytes."""

    status: int
    headers: Mapping[str, str]
    data: bytes

    @property
    def text(self) -> str:
        return self.data.decode()


class _Lines(Thread):
    """What a process says, line by line, and None at its end."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        super().__init__(daemon=True)
        self._process = process
        self.queue: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self.start()

    def run(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self.queue.put(line.rstrip("\n"))
        self.queue.put(None)


class Served:
    """A running command."""

    def __init__(self, process: subprocess.Popen[str], lines: _Lines) -> None:
        self.process = process
        self._lines = lines
        self.said: list[str] = []
        self.address = self.hears("Ctrl-C stops.").split()[0]
        self.root = urlsplit(self.address).path
        self.port = urlsplit(self.address).port or 0

    def hears(self, words: str) -> str:
        """The next line with these words in it, as soon as it is said."""
        while (line := self._lines.queue.get(timeout=PATIENCE)) is not None:
            self.said.append(line)
            if words in line:
                return line
        raise AssertionError(f"it ended without saying {words!r}:\n" + "\n".join(self.said))

    def ask(self, path: str, method: str = "GET", **headers: str) -> Got:
        """What is answered to a path exactly as it is given, on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host="Host" in headers)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            return Got(
                answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
            )
        finally:
            connection.close()

    def problems(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.ask(f"{self.root}_yearround/problems.json").data)[
            "problems"
        ]
        return found

    @contextmanager
    def events(self, after: int = 0) -> Iterator[Iterator[str]]:
        """The events as they come, from the moment the stream is open."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", f"{self.root}_yearround/events?after={after}")
        answer = connection.getresponse()
        assert answer.status == 200
        assert answer.readline() == b": here\n"
        lines = iter(answer.readline, b"")
        try:
            yield (line[7:].decode().strip() for line in lines if line.startswith(b"event: "))
        finally:
            answer.close()  # it holds the socket open, even when the connection is closed
            connection.close()

    def stop(self, sign: signal.Signals = signal.SIGINT) -> int:
        """End it as a person or a service does; the exit code."""
        self.process.send_signal(sign)
        return self.process.wait(timeout=PATIENCE)


@contextmanager
def serving(
    newsroom: Path,
    *arguments: str,
    port: int = 0,
    command: Sequence[str] = (sys.executable, "-m", "builder"),
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    verb: Sequence[str] = ("serve",),
) -> Iterator[Served]:
    """`yearround serve` in a newsroom; it is stopped at the end, unless it was before."""
    with subprocess.Popen(
        [
            *command,
            *verb,
            "--no-open",
            "--newsroom",
            str(newsroom),
            "--port",
            str(port or some_port()),
            *arguments,
        ],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        lines = _Lines(process)
        try:
            yield Served(process, lines)
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)
            lines.join(timeout=PATIENCE)
