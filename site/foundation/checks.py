"""System checks across several settings."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from foundation.uploads.storage import PRIVATE_FOLDERS
from foundation.visitors import read_address


@register(Tags.security, deploy=True)
def proxies_are_counted(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn of an uncounted proxy (W001): BIND is reachable only through a local proxy, but TRUSTED_PROXIES is 0."""
    host = str(settings.BIND).rpartition(":")[0]
    address = read_address(host)
    local = settings.BIND.startswith("unix:") or host == "localhost" or (address is not None and address.is_loopback)
    if settings.TRUSTED_PROXIES or not local:
        return []
    return [
        Warning(
            "All visitors look like one: BIND is reached from this machine alone, and TRUSTED_PROXIES is 0.",
            hint="Set TRUSTED_PROXIES to the number of proxies in front of the site, or limits count all visitors as "
            "one and the site believes no HTTPS.",
            id="foundation.W001",
        )
    ]


@register(Tags.files)
def documents_are_private(**kwargs: Any) -> list[CheckMessage]:
    """Report public documents.

    E001: `PRIVATE_ROOT` and `MEDIA_ROOT` overlap. W001: documents of an earlier release lie in `MEDIA_ROOT`.
    """
    media, private = Path(settings.MEDIA_ROOT).resolve(), Path(settings.PRIVATE_ROOT).resolve()
    if media.is_relative_to(private) or private.is_relative_to(media):
        return [
            Error(
                "PRIVATE_ROOT and MEDIA_ROOT contain one another: documents would be public.",
                hint="Give PRIVATE_ROOT a folder of its own, which no web server reads.",
                id="territory.E001",
            )
        ]
    left = [folder for name in sorted(PRIVATE_FOLDERS) if (folder := media / name).is_dir() and any(folder.iterdir())]
    if left:
        return [
            Warning(
                f"Documents of an earlier release are public in {', '.join(map(str, left))}.",
                hint="Run manage.py clean_uploads: it moves them to PRIVATE_ROOT.",
                id="territory.W001",
            )
        ]
    return []
