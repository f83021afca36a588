"""Options that are asked about rather than typed into a shell: what is wrong with them is raised, and nothing ends.

The parser and the checks are those of the command line.
"""

import argparse
import re
from collections.abc import Sequence
from functools import cache
from typing import NoReturn

from ..chosen import check_options
from ..options import OneSentenceParser, training_parser

NAMED = re.compile(r"argument --([a-z-]+)[^:]*: (.*)", re.S)


class WrongOptionError(ValueError):
    """What is wrong, in a sentence, and the `option` it is about: its name without dashes, or ""."""

    def __init__(self, message: str) -> None:
        named = NAMED.fullmatch(message)
        self.option = named[1] if named else ""
        super().__init__(named[2] if named else message)


class AskingParser(OneSentenceParser):
    """Raises WrongOptionError where the command line would end."""

    def error(self, message: str) -> NoReturn:
        raise WrongOptionError(message)


@cache
def _parser() -> OneSentenceParser:
    return training_parser("charrnn-tui", "", kind=AskingParser)


def read_words(words: Sequence[str], *, whole: bool = True) -> argparse.Namespace:
    """The options that these words are on a command line; not `whole`: only each by itself is checked.

    Raises WrongOptionError.
    """
    options = _parser().parse_args(words)
    if whole:
        check_options(_parser(), options)
    return options
