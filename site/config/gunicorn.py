"""gunicorn -c site/config/gunicorn.py config.wsgi"""

import gc
import os
from typing import Any

pythonpath = "site"
bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
accesslog = None


def post_worker_init(worker: Any) -> None:
    """What is loaded by now stays: the collector of garbage need not look through it again while visitors wait."""
    gc.collect()
    gc.freeze()
