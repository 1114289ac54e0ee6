"""The small web server: its events, its ports, and how it answers."""

from __future__ import annotations

import socket
from threading import Thread

import pytest

from builder.deliver.server import HOST, Events, Reply, Request, Server, free_port


def test_news_is_numbered_and_told_from_where_one_was():
    events = Events()
    for kind in ("page", "problems", "style"):
        events.tell(kind)
    assert events.number == 3
    assert events.wait(0, 0) == [(1, "page"), (2, "problems"), (3, "style")]
    assert events.wait(2, 0) == [(3, "style")]
    assert events.wait(3, 0) == []


def test_whoever_waits_is_woken_by_news_from_another_thread():
    events = Events()
    heard: list[list[tuple[int, str]]] = []
    waiting = [Thread(target=lambda: heard.append(events.wait(0, 30))) for _ in range(3)]
    for one in waiting:
        one.start()
    events.tell("page")
    for one in waiting:
        one.join(30)
    assert heard == [[(1, "page")]] * 3


def test_a_number_that_was_never_told_is_anothers_and_that_page_is_to_be_loaded_again():
    assert Events().wait(17, 0) == [(0, "page")]


def test_long_ago_is_forgotten_and_lately_is_not():
    events = Events()
    for _ in range(100):
        events.tell("page")
    told = events.wait(0, 0)
    assert (told[-1], len(told)) == ((100, "page"), 64)


def test_headers_and_body_never_wait_for_one_another():
    """What the accepted connection says of itself, and that a reply comes in one piece."""
    said: list[int] = []

    def handle(request: Request) -> Reply:
        return Reply(status=200, kind="text/plain", data=b"Hello")

    server = Server(free_port(20000), handle, Events())
    plain = server._server.RequestHandlerClass

    class Seen(plain):  # type: ignore[valid-type,misc]
        def setup(self) -> None:
            super().setup()
            said.append(self.connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    server._server.RequestHandlerClass = Seen
    server.start()
    try:
        with socket.create_connection((HOST, server.port), timeout=30) as line:
            for _ in range(10):
                line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                assert line.recv(4096).endswith(b"\r\n\r\nHello")
    finally:
        server.stop()
    assert len(said) == 1
    assert said[0] != 0


def test_a_mistake_of_ours_is_seen_and_the_next_question_is_answered(capfd: pytest.CaptureFixture[str]):
    def handle(request: Request) -> Reply:
        if request.path == "/wrong":
            raise ZeroDivisionError
        return Reply(status=200, kind="text/plain", data=b"Hello")

    server = Server(free_port(20100), handle, Events())
    server.start()
    try:
        for path, answer in ((b"/wrong", b""), (b"/right", b"Hello")):
            with socket.create_connection((HOST, server.port), timeout=30) as line:
                line.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
                assert line.recv(4096)[-5:] == answer
    finally:
        server.stop()
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_where_the_last_port_is_taken_none_is_found_and_it_is_said():
    with socket.socket() as taken:
        taken.bind((HOST, 65535))
        taken.listen()
        with pytest.raises(OSError, match="no port from 65535 to 65535 is free"):
            free_port(65535)
