from foundation.models.accounts import AccessRecord, AccountMail, AttemptCount
from foundation.models.owed import OwedRow

__all__ = ["AccessRecord", "AccountMail", "AttemptCount", "OwedRow"]
