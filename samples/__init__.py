"""Texts to train on, written for this program or made by its own rules. They are read as package data.

What there is to see in each is said here; what a network makes of them is in docs/samples.md, from real runs.
"""

from importlib.resources import files
from typing import NamedTuple

DEFAULT = "prose"


class Sample(NamedTuple):
    """A text: its name, what it is, and what there is to see when a network learns it."""

    name: str
    what: str
    watch: str
    when: str = ""  # the same with steps and seconds, from a run with the default options


SAMPLES = (
    Sample(
        "prose",
        "stories in English, with dialogue",
        "words first, then spelling, quotes that open and close",
        "After 1,000 steps it uses its letters about as often as the text does; after 10,000 there are “the”,"
        " “of” and “been”, line ends and quotes; after 100,000 most short words are right, and quotes open "
        "where speech begins.",
    ),
    Sample(
        "chinese",
        "stories in Chinese",
        "a thousand symbols; frequent pairs come first, punctuation soon",
        "Even after 100,000 steps (half a minute) there are no stories; but after 10,000 commas and full stops "
        "stand well apart, and names like 小满 and words like 豆浆 are whole. The text is short, so 100,000 steps are "
        "145 passes: far below letter pairs it knows long stretches by heart.",
    ),
    Sample(
        "play",
        "a comedy in verse",
        "speakers' names in capitals, line lengths, a blank line before each speech",
        "After 10,000 steps capitals come in groups, a full stop behind them; after 100,000 SPRAT and FENNICK"
        " speak, each on a line of their own.",
    ),
    Sample(
        "paper",
        "a paper in LaTeX",
        "commands, braces and dollars that pair up, environments that end",
        "After 10,000 steps there are \\lambda, dollars and indices like {n-1}; after 100,000 many a brace "
        "that opens also closes within its line.",
    ),
    Sample(
        "programs",
        "this program's source, Python",
        "indentation, def and return, brackets, docstrings",
        "Indentation comes first, within 1,000 steps; after 10,000 there are brackets and a return now and "
        "then, after 100,000 lines that begin with def and end with a colon. Hardly a line parses: a single "
        "bracket is enough to spoil it, and many lines of the text itself are prose or parts of longer ones.",
    ),
    Sample(
        "tunes",
        "dance tunes in ABC notation, made by rule",
        "the head of a tune in its order, bars that are full",
        "After 10,000 steps bars are separated and heads begin; after 100,000 the head stands in its order "
        "(X, T, R, M, L, K), and now and then every bar of a tune is full.",
    ),
    Sample(
        "sums",
        "sums like 12+7=19, made by rule",
        "the form within seconds, right results much later",
        "After 1,000 steps every second line has the form of a sum, after 2,000 nine in ten. Right results "
        "are few after 10,000 and nearly half after 100,000. There are only 441 different sums: it could know"
        " them by heart, and doesn't.",
    ),
    Sample(
        "brackets",
        "brackets of four kinds, made by rule",
        "short lines that balance first; nesting costs memory",
        "After 10,000 steps it is the short lines that balance; after 100,000 nine in ten lines of up to 4 "
        "brackets, two in three of 6 to 10, and one in three of more. The depth is lost more often than the "
        "kind.",
    ),
    Sample(
        "echo",
        "a digit, dots, the digit again, made by rule",
        "long a coin toss, then all at once it remembers",
        "Up to 70,000 steps the last digit is a coin toss, and the loss stands still at 0.50; before step "
        "80,000 it remembers, over 40 dots as well, although the error is sent back over 25 characters only. "
        "With --learning-rate 0.05 that happens between steps 5,000 and 7,000.",
    ),
)
NAMES = tuple(sample.name for sample in SAMPLES)


class ExampleSet(NamedTuple):
    """A set of examples: its name, the task it is for, what it is, and what there is to see when it is learnt."""

    name: str
    task: str
    what: str
    watch: str


EXAMPLE_SETS = (
    ExampleSet(
        "feelings",
        "label",
        "4,000 sentences that feel good or bad, made by rule",
        "counting words tells nothing: it has to learn what not, but and although do",
    ),
    ExampleSet(
        "faces",
        "describe",
        "3,072 faces of 16 × 16 and what they look like, made by rule",
        "combinations it has never seen are described right, before long",
    ),
    ExampleSet(
        "sentences",
        "translate",
        "3,000 English sentences and their Chinese, made by rule",
        "with attention it finds the word that stands elsewhere; without, it forgets how the sentence began",
    ),
    ExampleSet(
        "dates",
        "translate",
        "4,000 dates as people and as machines write them, made by rule",
        "the year, which comes last and is written first, is right after seconds",
    ),
)


def read_sample(name: str = DEFAULT) -> bytes:
    """The UTF-8 bytes of a sample text."""
    return files(__name__).joinpath(f"{name}.txt").read_bytes()
