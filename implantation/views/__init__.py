"""Public views of implantation."""

from implantation.views.following import track, withdrawal
from implantation.views.request import step
from implantation.views.sending import confirmation, review

__all__ = ["confirmation", "review", "step", "track", "withdrawal"]
