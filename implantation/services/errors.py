"""Why a verb was refused."""


class Refused(Exception):
    """The verb was refused and nothing was written; the message is for people and says what to do."""


class Outdated(Refused):
    """Somebody changed the same thing meanwhile: what was typed is to be looked at again, and sent again."""
