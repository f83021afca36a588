"""Which parts of the drawing have room, and how much: the same for every phase, so that nothing changes its place.

A larger room is filled from what matters most: sentence and equation, the network, figures, higher boxes.
"""

from dataclasses import dataclass

from .network import Heights

# In which order rows are handed out, and how many at a time. "…" are blank rows: above the detail, the equation and
# the costs.
ORDER = (
    *(("network", 3), ("hint", 1), ("guess", 2), ("weights", 2), ("cost", 1), ("shapes", 0), ("memory", 1)),
    *(("detail", 2), ("detail", 1), ("detail", 1), ("memory", 1), ("…detail", 1), ("cost", 1), ("memory", 1)),
    *(("…equation", 1), ("cost", 1), ("detail", 1), ("…cost", 1), ("memory", 1), ("detail", 1), ("memory", 1)),
    *(("memory", 1), ("memory", 1), ("cost", 1), ("memory", 1), ("…hint", 1), ("memory", 1), ("cost", 1)),
    *(("memory", 1), ("memory", 1), ("detail", 1), ("memory", 1), ("cost", 1), ("memory", 1), ("memory", 1)),
    *(("detail", 1), ("memory", 1), ("memory", 1), ("cost", 1), ("memory", 1), ("memory", 1)),
)


@dataclass
class Plan:
    """Rows for each part; none where it has no room. `equation` counts the shapes' rows too."""

    sentence: int
    equation: int
    shapes: bool = False
    parts: dict[str, int] | None = None

    def rows(self, part: str) -> int:
        """How many rows that part has."""
        return (self.parts or {}).get(part, 0)

    @property
    def network(self) -> Heights:
        """The rows of the drawing's parts."""
        memory = self.rows("memory") + (1 if self.rows("network") else 0)
        return Heights(self.rows("cost"), self.rows("guess"), self.rows("weights"), memory)


def planned(height: int, sentence: int, equations: tuple[int, int], detail: int, *, network: bool) -> Plan:
    """A plan for so many rows.

    `sentence`, `equations` (without shapes and with them) and `detail` are the most that any phase can fill;
    `network`: there are columns to draw it in.
    """
    plan = Plan(max(0, min(sentence, height - 1)), 0, parts={})
    left = height - 1 - plan.sentence
    plan.equation = max(0, min(equations[0], left))
    left -= plan.equation
    parts: dict[str, int] = plan.parts or {}
    most = {"detail": detail, "hint": 1}
    drawn = {"guess", "weights", "cost", "memory", "…cost"}
    for part, rows in ORDER:
        if part == "shapes":
            more = equations[1] - plan.equation
            plan.shapes = 0 <= more <= left and plan.equation >= equations[0]
            if plan.shapes:
                plan.equation, left = equations[1], left - more
            continue
        if (part in drawn or part == "network") and not network:
            continue
        if part in drawn and not parts.get("network"):
            continue
        if rows > left or parts.get(part, 0) + rows > most.get(part, 99):
            continue
        parts[part] = parts.get(part, 0) + rows
        left -= rows
    plan.parts = parts
    return plan
