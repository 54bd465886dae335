"""One composed line. No Django."""

from dataclasses import dataclass
from typing import Any

# Levels of the report's mark style; a finding's own levels are in results.FINDING_LEVELS.
BOXED, COUNTED, CIRCLE, DASH, DOT = 1, 2, 3, 4, 5


@dataclass(frozen=True, slots=True)
class Line:
    """`depth` nests, `level` picks the mark, `source_key` says which fact of the inspection it tells."""

    source_key: str
    text: str
    depth: int
    kind: str = "line"
    level: int = 1
    payload: dict[str, Any] | None = None

    @property
    def content(self) -> dict[str, Any]:
        """What is kept beside a line as it was composed, and compared with it later."""
        return {
            "kind": self.kind,
            "level": self.level,
            "depth": self.depth,
            "runs": [[self.text, ""]] if self.text else [],
            "payload": self.payload,
        }
