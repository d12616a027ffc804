"""The README's lines for nginx, served by nginx: pictures are shown, everything else is downloaded, nothing runs."""

import os
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.pictures import SCRIPT, photo_with_gps
from tests.properties.factories import pdf_bytes

ROOT = Path(__file__).resolve().parents[2]
NGINX = os.environ.get("NGINX") or shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
# `.ci/test` says so too, and fails in CI.
pytestmark = pytest.mark.skipif(NGINX is None, reason="there is no nginx (Debian: apt install nginx; or NGINX=path)")

SANDBOX = "default-src 'none'; sandbox"


def readme_lines() -> str:
    [block] = re.findall(r"^```nginx\n(.*?)^```$", (ROOT / "README.md").read_text(), re.S | re.M)
    return str(block)


def replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"the README has {old} once"
    return text.replace(old, new)


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


class Site(BaseHTTPRequestHandler):
    """Stands for gunicorn: says what it was asked, and by whom."""

    def do_GET(self) -> None:
        headers = {name: self.headers.get(name, "") for name in ("Host", "X-Forwarded-For", "X-Forwarded-Proto")}
        body = f"{self.path} {headers}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("web") / "media"


@pytest.fixture(scope="module")
def port(site: int, media: Path) -> Iterator[int]:
    """An nginx with the README's lines, but for its port, its folder and the address of the site."""
    state = media.parent / "nginx"
    state.mkdir()
    for _try in range(5):
        number = free_port()
        process = start(state, lines_for(number, media, site))
        if is_serving(process, state / "pid"):
            break
    else:
        raise AssertionError((state / "errors").read_text())
    yield number
    process.terminate()
    process.wait(timeout=10)


def lines_for(number: int, media: Path, site: int) -> str:
    lines = replaced(readme_lines(), "listen 80;", f"listen 127.0.0.1:{number};")
    lines = replaced(lines, "/srv/site/media/", f"{media}/")
    return replaced(lines, "http://127.0.0.1:8000", f"http://127.0.0.1:{site}")


def start(state: Path, lines: str) -> "subprocess.Popen[bytes]":
    # Started by root it would give that up, and not read a folder of root's.
    user = "user root;" if os.getuid() == 0 else ""
    temporary = "".join(
        f"{name}_temp_path {state}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    configuration = state / "nginx.conf"
    configuration.write_text(
        f"{user} pid {state}/pid; error_log {state}/errors; events {{}}\n"
        f"http {{ include /etc/nginx/mime.types; access_log off; {temporary}\n{lines}\n}}\n"
    )
    return subprocess.Popen([str(NGINX), "-c", str(configuration), "-g", "daemon off;"], stderr=subprocess.DEVNULL)


def is_serving(process: "subprocess.Popen[bytes]", written: Path) -> bool:
    """Whether it listens: it writes its number once it does, and ends when another took the port meanwhile."""
    deadline = time.monotonic() + 20
    while process.poll() is None and time.monotonic() < deadline:
        if written.exists():
            return True
        time.sleep(0.05)
    process.kill()
    process.wait(timeout=10)
    return False


def ask(number: int, path: str, method: str = "GET") -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", number, timeout=10)
    try:
        # As it is written: no client of ours tidies the path.
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", "example.org")
        connection.endheaders()
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def put(media: Path, name: str, data: bytes) -> None:
    path = media / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("images/a.webp", "image/webp"),
        ("images/a.png", "image/png"),
        ("premises/A.JPG", "image/jpeg"),
        ("premises/a.jpeg", "image/jpeg"),
        ("images/a.avif", "image/avif"),
    ],
)
def test_a_picture_is_shown_in_place_and_may_do_nothing(port, media, name, kind):
    put(media, name, photo_with_gps())
    response, body = ask(port, f"/media/{name}")
    assert (response.status, body) == (200, photo_with_gps())
    assert response.headers["Content-Disposition"] is None
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == SANDBOX
    assert response.headers["Content-Type"] == kind


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("premises/a.pdf", pdf_bytes()),
        ("images/a.svg", SCRIPT),
        ("images/a.SVG", SCRIPT),
        ("images/a.svgz", SCRIPT),
        ("images/a.html", b"<script>alert(1)</script>"),
        ("images/a.png.html", b"<script>alert(1)</script>"),
        ("images/a.xml", SCRIPT),
        ("images/a.js", b"alert(1)"),
        ("images/webp", b"<script>alert(1)</script>"),
        ("images/a", b"<script>alert(1)</script>"),
    ],
)
def test_everything_else_is_downloaded_and_may_do_nothing(port, media, name, data):
    put(media, name, data)
    response, body = ask(port, f"/media/{name}")
    assert (response.status, body) == (200, data)
    assert response.headers["Content-Disposition"] == "attachment"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == SANDBOX


@pytest.mark.parametrize(
    "path",
    [
        "/media/documents/note.pdf",
        "/media/documents/",
        "/media/wagtail_uploads/note.pdf",
        "/media//documents/note.pdf",
        "/media/./documents/note.pdf",
        "/media/images/../documents/note.pdf",
        "/media/%64ocuments/note.pdf",
        "/media/documents%2Fnote.pdf",
        "/media/../private/documents/note.pdf",
        "/media/%2e%2e/private/documents/note.pdf",
        "/media../private/documents/note.pdf",
        "/media/images/",
        "/media/",
        "/media/images/none.webp",
    ],
)
def test_documents_what_lies_beside_and_lists_of_files_are_refused(port, media, path):
    for name in ("documents/note.pdf", "wagtail_uploads/note.pdf", "../private/documents/note.pdf", "images/a.webp"):
        put(media, name, pdf_bytes())
    response, body = ask(port, path)
    assert pdf_bytes() not in body
    # A path that leads out of /media/ is handed on as it is written, and refused by the site.
    handed_on = body.startswith(f"{path} {{".encode())
    assert response.status in (400, 403, 404) or handed_on
    assert b"note.pdf" not in body or handed_on


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_files_are_read_and_nothing_else(port, media, method):
    put(media, "images/a.webp", photo_with_gps())
    response, _body = ask(port, "/media/images/a.webp", method)
    assert response.status in (403, 405)
    assert (media / "images" / "a.webp").read_bytes() == photo_with_gps()


def test_every_other_address_is_the_sites_which_is_told_who_asks(port):
    response, body = ask(port, "/fr/?q=x")
    assert response.status == 200
    said = body.decode()
    assert said.startswith("/fr/?q=x ")
    for word in ("'Host': 'example.org'", "'X-Forwarded-For': '127.0.0.1'", "'X-Forwarded-Proto': 'http'"):
        assert word in said
