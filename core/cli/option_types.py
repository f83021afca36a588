"""Types for argparse: what an option's value has to be, and the sentence that is said where it isn't."""

import argparse
import codecs
import math
from collections.abc import Callable

from ..optimizers.clipping import Clipping
from ..settings import LARGEST_MOMENTUM


def whole(low: int, high: int) -> Callable[[str], int]:
    """A type for argparse: a whole number from `low` to `high`."""

    def parse(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            digits = text.strip().lstrip("+-")
            if not digits.isdecimal():  # Python refuses to read thousands of them
                raise argparse.ArgumentTypeError(f"{_quoted(text)} is not a whole number") from None
            value = high + 1
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{_quoted(text)} is not between {low:,} and {high:,}")
        return value

    return parse


def positive(high: float, *, or_zero: bool = False, low: float = 0) -> Callable[[str], float]:
    """A type for argparse: a number above 0, or not below it, and at most `high`; not below `low` either."""

    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            if _is_number(text.replace(",", ".")):
                example = text.strip().replace(",", ".")
                raise argparse.ArgumentTypeError(f"a number such as {example}: with a point, not a comma") from None
            raise argparse.ArgumentTypeError(f"{_quoted(text)} is not a number") from None
        if not math.isfinite(value) or not (0 < value <= high or (or_zero and value == 0)):
            least = "from 0 to" if or_zero else "above 0 and at most"
            raise argparse.ArgumentTypeError(f"{_quoted(text)} is not {least} {high:,g}")
        if value < low:
            raise argparse.ArgumentTypeError(f"{_quoted(text)} is less than {low:g}, which would change nothing")
        return value

    return parse


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def encoding(name: str) -> str:
    """A type for argparse: an encoding of text, by its usual name."""
    try:
        found = codecs.lookup(name).name
        "".encode(found)  # some codecs are no encodings of text
        b"".decode(found)
    except (LookupError, ValueError, TypeError):
        some = "utf-8, utf-16, cp1252, gb18030, shift_jis and big5 are some"
        raise argparse.ArgumentTypeError(f"there is no encoding {_quoted(name)} of text: {some}") from None
    return found


def clipping(text: str) -> str:
    """A type for argparse: how gradients are clipped, in its usual form."""
    try:
        return Clipping.of(text).text
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{_quoted(text)} is no way to clip: it takes a number above 0, norm:NUMBER or off"
        ) from None


def momentum(text: str) -> float:
    """A type for argparse: from 0 to a little below 1."""
    value = positive(1.0, or_zero=True)(text)
    if value > LARGEST_MOMENTUM:
        raise argparse.ArgumentTypeError(f"it must be below 1, at most {LARGEST_MOMENTUM:g}")
    return value


def _quoted(text: str) -> str:
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"


def on_or_off(text: str) -> bool:
    """What is switched on or off."""
    if text not in ("on", "off"):
        raise argparse.ArgumentTypeError(f"on or off, not {text}")
    return text == "on"
