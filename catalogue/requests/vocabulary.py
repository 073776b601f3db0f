"""How the words of clients are matched: inside one sentence and without regard to case.

The words themselves stand by subject in `measured_words`, `stated_words` and beside what reads them.
"""

import re


def words(pattern: str) -> re.Pattern[str]:
    """As whole words; Swedish endings and compounds are written out in the pattern."""
    return re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)", re.IGNORECASE)
