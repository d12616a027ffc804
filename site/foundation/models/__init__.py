from foundation.models.accounts import AccessRecord, AccountMail, AttemptCount
from foundation.models.owed import OwedRow
from foundation.models.periodic import PeriodicRun

__all__ = ["AccessRecord", "AccountMail", "AttemptCount", "OwedRow", "PeriodicRun"]
