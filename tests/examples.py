"""How many examples a property is tried on: all of them in `make test-whole`, a part in `make test` and CI."""

import os

WHOLE = os.environ.get("TEST_EXAMPLES") == "whole"


def examples(whole: int) -> int:
    """Number of examples for this run; two in five of `whole`, at least one, unless TEST_EXAMPLES is `whole`."""
    return whole if WHOLE else max(1, whole * 2 // 5)
