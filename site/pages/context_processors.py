"""What every public page's frame needs."""

from typing import Any

from django.http import HttpRequest


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context of the header and footer."""
    return {}
