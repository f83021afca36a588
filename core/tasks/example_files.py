"""Examples from files that people have: lines of two columns, pictures drawn in characters, folders of images.

What is wrong is one sentence, a CorpusError, that says where and what was expected. A few wrong lines are left out and
counted; where most are wrong, it is another kind of file. Which lines are right is in `pairs` and `pictures`.
"""

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ..text.corpus import Part
from ..text.decoding import decoded, encoding_of
from ..text.sources import Source, read_sources
from ..text.visible import counted, readable
from ..text.vocabulary import CorpusError
from .examples import Examples
from .pairs import read_pairs
from .pictures import is_image_folder, read_blocks, read_images

MOST = 50_000  # examples; of more, a part that is drawn by chance
MOST_LINES = 4 * MOST  # that are looked at, all of them
FEW = 1000  # below that, they are learnt by heart
PART_SEED = 6


def read_examples(
    names: Sequence[str], task: str, *, encoding: str | None = None, picture_size: int = 16, longest: int = 4096
) -> Examples:
    """The examples for a task in these files, or in a folder of images.

    Those that take more than `longest` steps are left out. Raises CorpusError.
    """
    if len(names) != 1:
        raise CorpusError("examples are in one file, or in one folder of images: name that")
    if task == "describe" and is_image_folder(names[0]):
        examples = read_images(names[0], picture_size, encoding)
    else:
        source = read_sources(names)[0]
        if os.path.isdir(names[0]):  # noqa: PTH112, it takes any name
            raise CorpusError(f"“{readable(names[0])}” is a folder: examples are in one file")
        if not source.data:
            raise CorpusError(f"{source.shown} is empty")
        lines, part = _some_of(_text(source, encoding).split("\n"), task)
        read = read_blocks if task == "describe" else read_pairs
        found = read(source.shown, lines, task)
        examples = replace(
            found,
            said=(*part, *found.said),
            name=source.name,
            parts=(Part(source.name, source.path, 0),),
            encoding=encoding or "",
        )
    return _checked(_no_more(_not_too_long(examples, longest)))


def _text(source: Source, encoding: str | None) -> str:
    pieces = "".join(decoded(source, encoding_of(source, encoding), asked=encoding is not None))
    return pieces.replace("\r\n", "\n").replace("\r", "\n")


def _some_of(lines: list[str], task: str) -> tuple[Sequence[str], tuple[str, ...]]:
    """The lines, or of very many a part that is drawn by chance, the others empty; and what there is to say of it."""
    if task == "describe" or len(lines) <= MOST_LINES:
        return lines, ()
    drawn = np.sort(np.random.default_rng(PART_SEED).choice(len(lines), MOST, replace=False)).tolist()
    some = [""] * len(lines)
    for number in drawn:
        some[number] = lines[number]
    return some, (f"of {len(lines):,} lines {MOST:,} are taken, drawn by chance",)


def only(examples: Examples, which: Sequence[int], said: str) -> Examples:
    """Some of them, and what is said of the others."""

    def some(values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(values[number] for number in which) if values else ()

    return replace(
        examples,
        targets=some(examples.targets),
        sources=some(examples.sources),
        notes=some(examples.notes),
        pictures=None if examples.pictures is None else examples.pictures[np.asarray(which, np.intp)],
        said=(*examples.said, said),
    )


def _not_too_long(examples: Examples, longest: int) -> Examples:
    sources = examples.sources or ("",) * len(examples)
    said = (1,) * len(examples) if examples.task == "label" else tuple(len(text) + 1 for text in examples.targets)
    fit = [n for n, (source, more) in enumerate(zip(sources, said, strict=True)) if len(source) + more <= longest]
    if len(fit) == len(examples):
        return examples
    if not fit:
        raise CorpusError(f"every example in “{readable(examples.name)}” is longer than {longest:,} characters")
    left = counted(len(examples) - len(fit), "example")
    return only(examples, fit, f"left out: {left} longer than {longest:,} characters")


def _no_more(examples: Examples) -> Examples:
    if len(examples) <= MOST:
        return examples
    which = np.sort(np.random.default_rng(PART_SEED).choice(len(examples), MOST, replace=False))
    return only(examples, which.tolist(), f"of {len(examples):,} examples {MOST:,} are taken, drawn by chance")


def _checked(examples: Examples) -> Examples:
    """With a word on what will keep it from being learnt."""
    shown, said = f"“{readable(examples.name)}”", list(examples.said)
    if examples.task == "label":
        labels = Counter(examples.targets)
        if len(labels) < 2:
            raise CorpusError(f"{shown} has one label only, “{readable(examples.targets[0])}”: nothing to tell apart")
    if len(set(examples.inputs())) < 2:
        more, what = f" ({said[0]})" if said else "", "text" if examples.sources else "description"
        raise CorpusError(f"{shown} has one {what} only{more}: nothing to learn")
    if examples.sources:
        answers: dict[str, set[str]] = {}
        for source, target in zip(examples.sources, examples.targets, strict=True):
            answers.setdefault(source, set()).add(target)
        several = sum(len(found) > 1 for found in answers.values())
        if several and examples.task == "label":
            said.append(f"{counted(several, 'text')} with more than one label: those can't all be right")
        elif several:
            said.append(f"{counted(several, 'source')} with more than one target: exact can't reach 100 %")
    if len(examples) < FEW:
        said.append(f"{counted(len(examples), 'example')} are few: the network will learn these by heart")
    return replace(examples, said=tuple(said))
