"""A small web server for one person on this machine: loopback only, from memory only, with events that stay open."""

from __future__ import annotations

import re
import socket
import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Event, Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

HOST = "127.0.0.1"
_OURS = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d+)?", re.IGNORECASE)
"""Hosts by which this machine may be asked; any other is a page elsewhere that had its name point here."""
_PING = 10.0
"""Seconds between signs of life on an open event stream."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked: the path decoded, the query's last value of each name, and the cookie of the chosen time."""

    path: str
    query: dict[str, str]
    cookie_now: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is answered; `now` sets the cookie of the chosen time ("" takes it away, None leaves it). `policy` is what a page may
    do, as a header, where it does not say so itself."""

    status: int
    kind: str
    data: bytes
    location: str = ""
    now: str | None = None
    policy: str = ""


Handle = Callable[[Request], Reply]


class Events:
    """Numbered news for whoever waits for it, from any thread."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._told: deque[tuple[int, str]] = deque(maxlen=64)
        self.number = 0

    def tell(self, kind: str) -> None:
        with self._changed:
            self.number += 1
            self._told.append((self.number, kind))
            self._changed.notify_all()

    def wait(self, after: int, seconds: float) -> list[tuple[int, str]]:
        """What was told after the event numbered `after`, as soon as there is something; [] when time is up.

        A number that was never told belongs to a page of another server, which stood here before: that page is to be
        loaded again.
        """
        with self._changed:
            if after > self.number:
                return [(self.number, "page")]
            self._changed.wait_for(lambda: self.number > after, timeout=seconds)
            return [event for event in self._told if event[0] > after]


class Server:
    """Serves `handle` at http://127.0.0.1:port/, and `events` wherever a path ends in /_yearround/events."""

    def __init__(self, port: int, handle: Handle, events: Events) -> None:
        self._stopping = Event()
        self._server = _Threads((HOST, port), _handler(handle, events, self._stopping))
        self.port: int = self._server.server_address[1]
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Stop answering, and let go of the port; open event streams end."""
        self._stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)


class _Threads(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away is no news; anything else is our mistake, and is seen."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


def free_port(wanted: int, tries: int = 20) -> int:
    """The first free port from `wanted` on; raises OSError when none of `tries` is."""
    last = min(wanted + tries - 1, 65535)
    for port in range(wanted, last + 1):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                probe.bind((HOST, port))
                return port
    raise OSError(f"no port from {wanted} to {last} is free")


def _handler(handle: Handle, events: Events, stopping: Event) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Without these two, headers and body leave as two packets and each answer waits for the other side's delayed
        # acknowledgement: 23 answers a second instead of thousands.
        disable_nagle_algorithm = True
        wbufsize = -1
        server_version = "yearround"
        sys_version = ""

        def do_GET(self) -> None:
            self._answer(with_body=True)

        def do_HEAD(self) -> None:
            self._answer(with_body=False)

        def _answer(self, *, with_body: bool) -> None:
            if not _OURS.fullmatch(self.headers.get("Host", "")):
                self._reply(
                    Reply(status=403, kind="text/plain", data=b"Only this machine is served.\n"), with_body
                )
                return
            parts = urlsplit(self.path)
            query = {
                name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()
            }
            path = unquote(parts.path)
            if path.endswith("/_yearround/events"):
                after = query.get("after", "")
                self._stream(int(after) if after.isdecimal() else 0, with_body)
                return
            self._reply(handle(Request(path=path, query=query, cookie_now=self._cookie())), with_body)

        def _cookie(self) -> str:
            for part in self.headers.get("Cookie", "").split(";"):
                name, _, value = part.strip().partition("=")
                if name == "yearround_now":
                    return unquote(value)
            return ""

        def _reply(self, reply: Reply, with_body: bool) -> None:
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.kind)
            self.send_header("Content-Length", str(len(reply.data)))
            self.send_header("Cache-Control", "no-store")
            self.send_header("X-Content-Type-Options", "nosniff")
            if reply.policy:
                self.send_header("Content-Security-Policy", reply.policy)
            if reply.location:
                self.send_header("Location", reply.location)
            if reply.now is not None:
                age = "" if reply.now else "; Max-Age=0"
                self.send_header(
                    "Set-Cookie", f"yearround_now={reply.now}; Path=/; SameSite=Strict; HttpOnly{age}"
                )
            self.end_headers()
            if with_body:
                self.wfile.write(reply.data)

        def _stream(self, after: int, with_body: bool) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Cache-Control", "no-store")
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            if not with_body:
                return
            with suppress(OSError):
                self.wfile.write(b": here\nretry: 500\n\n")
                self.wfile.flush()
                quiet = 0.0
                while not stopping.is_set():
                    news = events.wait(after, 0.5)
                    for number, kind in news:
                        self.wfile.write(f"event: {kind}\ndata: {number}\n\n".encode())
                        after = number
                    quiet = 0.0 if news else quiet + 0.5
                    if quiet >= _PING:
                        self.wfile.write(b": still here\n\n")
                        quiet = 0.0
                    self.wfile.flush()

        def log_message(self, format: str, *arguments: object) -> None:
            """Nothing is logged: nobody is counted here either."""

    return Handler
