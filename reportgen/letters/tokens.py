"""The private-use characters that the tokens of a rendered template are written with.

`registry` says what tokens are for. No template and no prose may have these characters itself.
"""

from __future__ import annotations

import re
from typing import Final

OPEN: Final = "\ue000"
CLOSE: Final = "\ue001"
MARK: Final = "\ue002"
MARK_END: Final = "\ue003"

RESERVED: Final = re.compile(f"[{OPEN}-{MARK_END}]")
