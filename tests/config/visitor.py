"""A browser without JavaScript, behind the proxy of a production site: cookies, forms and redirects over HTTPS."""

import re
from typing import Any
from urllib.parse import urlsplit

import requests


class Visitor:
    """Talks to a server on the loopback interface as a proxy that ends TLS would."""

    def __init__(self, server: str, host: str) -> None:
        self.server, self.host = server, host
        self.session = requests.Session()
        self.session.headers.update(
            {"Host": host, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7", "Accept-Language": "fr"}
        )
        self.page = ""
        self.path = "/"

    def get(self, path: str) -> str:
        """The text of a page, redirects followed."""
        return self._follow(self._send("GET", path), path)

    def post(self, path: str, fields: dict[str, str]) -> str:
        """Send a form of the page that is open, with its token; the page it leads to."""
        token = re.search(r'name="csrfmiddlewaretoken"[^>]*value="([^"]+)"', self.page)
        assert token is not None, f"{self.path} has no form"
        sent = {"data": fields | {"csrfmiddlewaretoken": token[1]}}
        return self._follow(self._send("POST", path, **sent), path)

    def _send(self, method: str, path: str, **sent: Any) -> requests.Response:
        headers = {"Referer": f"https://{self.host}{self.path}"}
        answer = self.session.request(
            method, self.server + path, headers=headers, allow_redirects=False, timeout=60, **sent
        )
        for cookie in self.session.cookies:
            # For HTTPS alone, which ends at the proxy: from there to the server it travels in plain HTTP.
            cookie.secure = False
        return answer

    def _follow(self, answer: requests.Response, path: str) -> str:
        while answer.is_redirect:
            address = urlsplit(answer.headers["Location"])
            assert address.netloc in ("", self.host)
            path = address.path + (f"?{address.query}" if address.query else "")
            answer = self._send("GET", path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}\n{answer.text[:2000]}"
        self.page, self.path = answer.text, path
        return self.page
