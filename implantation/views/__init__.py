"""Public views of implantation."""

from implantation.views.following import other_language, track, withdrawal
from implantation.views.guide import guide
from implantation.views.request import step
from implantation.views.sending import confirmation, review

__all__ = ["confirmation", "guide", "other_language", "review", "step", "track", "withdrawal"]
