"""gunicorn -c site/config/gunicorn.py config.wsgi"""

import gc
import os
from typing import Any

pythonpath = "site"
bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
accesslog = None
# The server believes no header: by itself it would take any connection from this machine for a proxy, and its
# X-Forwarded-Proto for true. `TRUSTED_PROXIES` alone decides.
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
forwarder_headers = ""


def post_worker_init(worker: Any) -> None:
    """What is loaded by now stays: the collector of garbage need not look through it again while visitors wait."""
    gc.collect()
    gc.freeze()
