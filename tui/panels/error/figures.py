"""Small figures in words: shares, and powers of ten as they are printed."""

import math

from charrnn.core.insight.error_flow import ErrorFlow

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def percent(share: float) -> str:
    """Five cells; a share that rounds to nothing is told from none."""
    if share != share:
        return "    –"
    return "<0.1%" if 0 < share < 0.0005 else f"{share:5.1%}" if share < 0.9995 else " 100%"


def small(value: float) -> str:
    """A small figure in seven cells."""
    if value != value:
        return "      –"
    if math.isfinite(value) and (0 < abs(value) < 0.001 or abs(value) >= 10_000):
        return f"{scientific(value):>7}"
    return f"{value:7.4f}" if abs(value) < 100 else f"{value:7.1f}"


def scientific(value: float) -> str:
    """One figure and a power of ten: 2×10⁻⁷."""
    digits, _, exponent = f"{value:.0e}".partition("e")
    return f"{digits}×10{str(int(exponent)).translate(SUPERSCRIPTS)}"


def power_of_ten(value: float) -> str:
    """The nearest power of ten, as it is printed: 10⁻⁵."""
    return "10" + str(round(math.log10(value))).translate(SUPERSCRIPTS)


def power(share: float) -> str:
    """What is left of something: a percentage, and a power of ten where that says nothing any more."""
    if not share > 0:
        return "nothing"
    return f"{share:.1%}" if share >= 0.001 or not math.isfinite(share) else scientific(share)


def in_words(share: float) -> str:
    """What is left of something, in a sentence: errors grow, too."""
    if not 1.0005 <= share < math.inf:
        return power(share)
    return f"{share:.1f} times as much" if share < 10_000 else f"{scientific(share)} times as much"


def felt_at_start(flow: ErrorFlow) -> str:
    """How much of the last character's error is left at the window's first one."""
    return left_at(flow, 0)


def left_at(flow: ErrorFlow, place: int) -> str:
    """How much of the last character's error is left at that place."""
    last = float(flow.error_of_last[-1])
    return in_words(float(flow.error_of_last[place]) / last if last else math.nan)
