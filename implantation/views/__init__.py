"""Public views of implantation."""

from implantation.views.following import track, withdrawal
from implantation.views.guide import guide
from implantation.views.request import step
from implantation.views.sending import confirmation, review

__all__ = ["confirmation", "guide", "review", "step", "track", "withdrawal"]
