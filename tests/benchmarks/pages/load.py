"""Connections that ask one address over and over, as fast as it is answered: a client as thin as a socket."""

import socket
import threading
import time
from dataclasses import dataclass

from tests.benchmarks.pages.serving import Server

CONNECTIONS = 8
HOST = "bench.test"


@dataclass(frozen=True, slots=True)
class Answers:
    """What a run brought: answers a second, processor milliseconds of the server and bytes (identity) of one answer."""

    per_second: float
    milliseconds: float
    size: int


def ask(server: Server, address: str, *, cookie: str = "", expected: int = 200, seconds: float = 3) -> Answers:
    """Ask for `address` on all connections for so long. Raises `AssertionError` when an answer has another status."""
    lines = [f"GET {address} HTTP/1.1", f"Host: {HOST}", "X-Forwarded-Proto: https", "X-Forwarded-For: 203.0.113.7"]
    request = "\r\n".join([*lines, *([f"Cookie: {cookie}"] if cookie else []), "", ""]).encode()
    size = _one(server.port, request, expected)  # each process meets the address before it is timed
    for _again in range(7):
        _one(server.port, request, expected)
    counts, failures = [0] * CONNECTIONS, []

    def loop(turn: int) -> None:
        try:
            with socket.create_connection(("127.0.0.1", server.port), timeout=120) as connection:
                while time.monotonic() < deadline:
                    _exchange(connection, request, expected)
                    counts[turn] += 1
        except Exception as error:  # said by the thread that started it
            failures.append(error)

    taken, started = server.processor(), time.monotonic()
    deadline = started + seconds
    threads = [threading.Thread(target=loop, args=(turn,)) for turn in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise AssertionError(f"{address}: {failures[0]}")
    total, elapsed = sum(counts), time.monotonic() - started
    return Answers(total / elapsed, (server.processor() - taken) / total * 1000, size)


def _one(port: int, request: bytes, expected: int) -> int:
    with socket.create_connection(("127.0.0.1", port), timeout=120) as connection:
        return _exchange(connection, request, expected)


def _exchange(connection: socket.socket, request: bytes, expected: int) -> int:
    """The bytes of the body, read to its end."""
    connection.sendall(request)
    received = b""
    while b"\r\n\r\n" not in received:
        received += _more(connection)
    head, _mark, body = received.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    status = int(lines[0].split()[1])
    assert status == expected, f"{status} instead of {expected}"
    length = next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")), None)
    if length is None:  # in chunks, the last of which is empty
        while not body.endswith(b"0\r\n\r\n"):
            body += _more(connection)
        return len(body)
    read = len(body)
    while read < length:
        read += len(_more(connection))
    return length


def _more(connection: socket.socket) -> bytes:
    received = connection.recv(1 << 18)
    if not received:
        raise ConnectionError("closed in the middle of an answer")
    return received
