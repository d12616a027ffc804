"""gunicorn -c site/config/gunicorn.py config.wsgi"""

import os

pythonpath = "site"
bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
accesslog = None
