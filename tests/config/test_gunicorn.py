"""The README's server believes proxies exactly as `TRUSTED_PROXIES` says, those of its own machine included."""

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from tests import databases
from tests.config.test_settings import PRODUCTION

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def gunicorn(host="territoire.example", **environment):
    """A server on the loopback interface; gives a function that asks it: `ask(path, (name, value) …)` is the answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "site/config/gunicorn.py", "config.wsgi"],
        cwd=ROOT,
        env=kept | PRODUCTION | {"BIND": f"127.0.0.1:{port}", "WEB_CONCURRENCY": "1"} | environment,
    )

    def ask(path, *headers):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.putrequest("GET", path, skip_host=True)
        for name, value in (("Host", host), *headers):
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        response.read()
        connection.close()
        return response

    try:
        while True:
            try:
                ask("/healthz")
                break
            except ConnectionRefusedError:
                assert server.poll() is None, "the server does not start"
                time.sleep(0.2)
        yield ask
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.mark.parametrize("proxies", ["0", "1"])
def test_https_is_believed_of_a_trusted_proxy_alone_and_of_no_other_header(proxies):
    with gunicorn(TRUSTED_PROXIES=proxies) as ask:
        # Only an answer over HTTPS has it.
        strict = ask("/healthz", ("X-Forwarded-Proto", "https")).getheader("Strict-Transport-Security")
        assert (strict is not None) is (proxies == "1")
        for name, value in (("X-Forwarded-Ssl", "on"), ("X-Forwarded-Protocol", "ssl"), ("SCRIPT_NAME", "/en")):
            answer = ask("/en/", (name, value))
            assert (answer.status, answer.getheader("Location")) == (301, "https://territoire.example/en/")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("proxies", "addresses", "statuses"),
    [
        # Nobody is believed: whatever a visitor writes, the connection is one network.
        ("0", ["8.8.8.1", "8.8.8.2", "8.8.8.3"], [200, 200, 429]),
        # With a port, in brackets, after inventions: one network.
        ("1", ["8.8.8.8:1", "6.6.6.6, 8.8.8.8:2", "7.7.7.7, ::ffff:8.8.8.8"], [200, 200, 429]),
        ("1", ["[2a01:e0a::1]:443", "[2a01:e0a::2]:443", "2a01:e0a::3"], [200, 200, 429]),
        ("1", ["8.8.8.1:1", "8.8.8.2:1", "8.8.8.3:1"], [200, 200, 200]),
    ],
)
def test_limits_hold_behind_a_real_server(proxies, addresses, statuses):
    base = dict(settings.DATABASES["default"])
    with databases.copied(base) as copy:
        environment = {
            "DJANGO_SETTINGS_MODULE": "config.settings.development",
            "DATABASE_URL": databases.url_of(base, copy),
            "TRUSTED_PROXIES": proxies,
            "API_REQUESTS_PER_MINUTE": "2",
        }
        with gunicorn(host="127.0.0.1", **environment) as ask:
            # Several headers of one name are one list.
            parts = [[("X-Forwarded-For", part) for part in address.split(", ")] for address in addresses]
            answers = [ask("/api/v1/properties", *headers).status for headers in parts]
    assert answers == statuses
