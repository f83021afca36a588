"""The list of what comes with the program: texts and sets of examples. Standard library only, as in `options`."""

import argparse
import sys
from contextlib import suppress
from typing import NoReturn

from charrnn.samples import EXAMPLE_SETS, SAMPLES, read_sample


class ListBuiltin(argparse.Action):
    """Lists the texts that come with the program: name, characters, symbols, what there is to see."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        rows = [("name", "characters", "symbols", "what it is", "what there is to see")]
        for sample in SAMPLES:
            text = read_sample(sample.name).decode()
            rows.append((sample.name, f"{len(text):,}", f"{len(set(text)):,}", sample.what, sample.watch))
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        with suppress(OSError):
            for name, characters, symbols, what, watch in rows:
                numbers = f"{characters:>{widths[1]}}  {symbols:>{widths[2]}}"
                print(f"{name:<{widths[0]}}  {numbers}  {what:<{widths[3]}}  {watch}")
            print("\nSets of examples:")
            names, tasks = (max(len(s[i]) for s in EXAMPLE_SETS) for i in (0, 1))
            for s in EXAMPLE_SETS:
                print(f"{s.name:<{names}}  {s.task:<{tasks}}  {s.what}; {s.watch}")
            sys.stdout.flush()
        raise SystemExit(0)
