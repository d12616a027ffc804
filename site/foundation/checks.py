"""System checks of what the settings say together."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register

from foundation.visitors import read_address


@register(Tags.security, deploy=True)
def proxies_are_counted(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """W001: the site listens where only a proxy of the same machine reaches it, and believes none."""
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
