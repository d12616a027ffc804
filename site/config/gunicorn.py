"""Server settings: gunicorn -c site/config/gunicorn.py config.wsgi"""

import gc
import os
from typing import Any

pythonpath = "site"
bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
accesslog = None
# Trust no header: by default gunicorn takes any local connection for a proxy and believes its X-Forwarded-Proto.
# `TRUSTED_PROXIES` alone decides.
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
forwarder_headers = ""


def post_worker_init(worker: Any) -> None:
    """Freeze loaded objects, so that garbage collection skips them during requests."""
    gc.collect()
    gc.freeze()
