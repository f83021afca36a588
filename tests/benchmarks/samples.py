"""`make samples-table`: train on every text that comes with the program, and write down what came of it.

It rewrites docs/samples.md, and the table in the README between its two marks. The figures are those of the status:
the smooth loss as bits per character. What the network writes is judged by program where that can be done. Beside the
classic network stands the modern preset after a minute.
"""

import re
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from driving import trained_until

from charrnn.core import Run, TrainingSession
from charrnn.core.network.products import training_threads
from charrnn.core.settings import PRESETS, Settings, of_texts
from charrnn.core.text.baselines import compressed_nats, pair_entropy
from charrnn.core.text.builtin import builtin_corpus
from charrnn.core.text.visible import readable
from charrnn.samples import SAMPLES, Sample
from charrnn.samples.judges import judge_brackets, judge_echo, judge_python, judge_sums, judge_tunes

POINTS = (1_000, 10_000, 100_000)
MINUTE = 60.0
JUDGED = 20_000  # characters written to be judged
SHOWN = 300
BIT = float(np.log(2))
JUDGES = {
    "programs": (judge_python, "lines of code that parse"),
    "tunes": (judge_tunes, "tunes that parse"),
    "sums": (judge_sums, "sums that are right"),
    "brackets": (judge_brackets, "lines that balance"),
    "echo": (judge_echo, "right after more than 25 dots"),
}
ROOT = Path(__file__).parents[2]
BEGIN, END = "<!-- the table of the samples, from make samples-table -->", "<!-- end of the table -->"


class Point(NamedTuple):
    """How far a network had come."""

    step: int
    seconds: float
    bits: float
    text: str
    verdict: str


class Learned(NamedTuple):
    """A text and what a network made of it."""

    sample: Sample
    characters: int
    symbols: int
    even: float
    letters: float
    pairs: float
    xz: float
    points: list[Point]
    modern: Point
    itself: str  # how the text would be judged


def learn(sample: Sample) -> Learned:
    """Train with the default options."""
    corpus = builtin_corpus(sample.name)
    run = Run(TrainingSession(corpus))
    points, seconds = [], 0.0
    for step in POINTS:
        start = time.perf_counter()
        with training_threads(run.session.model.hidden_size):  # as the programs have it
            while run.session.step_count < step:
                run.step()
        seconds += time.perf_counter() - start
        points.append(_point(sample, run.session, seconds))
    itself = ""
    if sample.name in JUDGES:
        itself = f"{JUDGES[sample.name][0](corpus.vocabulary.decode(corpus.ids)).share:.0%}"
    return Learned(
        sample,
        len(corpus),
        len(corpus.vocabulary),
        float(np.log2(len(corpus.vocabulary))),
        corpus.letter_entropy() / BIT,
        pair_entropy(corpus) / BIT,
        compressed_nats(corpus, "xz") / BIT,
        points,
        modern(sample),
        itself,
    )


def modern(sample: Sample) -> Point:
    """Train with the modern preset, whose rate has fallen to its end after a minute."""
    settings = replace(Settings(), **PRESETS["modern"], sample_every=None, schedule_seconds=MINUTE)
    session = TrainingSession(builtin_corpus(sample.name), **of_texts(settings))
    with training_threads(session.model.hidden_size):
        for _ in trained_until(session, [MINUTE]):
            pass
    return _point(sample, session, MINUTE)


def _point(sample: Sample, session: TrainingSession, seconds: float) -> Point:
    verdict = ""
    if sample.name in JUDGES:
        judged = JUDGES[sample.name][0](session.sample(JUDGED))
        verdict = f"{judged.share:.0%}" if judged.of else "none yet"
    return Point(session.step_count, seconds, session.bits_per_char, session.sample(SHOWN), verdict)


def table(learned: list[Learned]) -> str:
    """One line for each text."""
    steps = " | ".join(f"{step:,}" for step in POINTS)
    lines = [
        "| text | characters | symbols | even guessing | single letters | letter pairs | xz "
        f"| {steps} | modern, 60 s | judged |",
        "| --- " * (9 + len(POINTS)) + "|",
    ]
    for one in learned:
        bits = " | ".join(f"{point.bits:.2f}" for point in (*one.points, one.modern))
        judged = ""
        if one.sample.name in JUDGES:
            shares = ", ".join(point.verdict for point in one.points)
            shares += f"; modern {one.modern.verdict}"
            judged = f"{JUDGES[one.sample.name][1]}: {shares} (the text itself: {one.itself})"
        known = " | ".join(f"{value:.2f}" for value in (one.even, one.letters, one.pairs, one.xz))
        lines.append(f"| `{one.sample.name}` | {one.characters:,} | {one.symbols:,} | {known} | {bits} | {judged} |")
    return "\n".join(lines)


def page(learned: list[Learned]) -> str:
    """Everything on docs/samples.md."""
    parts = [
        "# The texts that come with the program\n",
        "Made by `make samples-table`: each text trained on with the default options (H 100, T 25, rate 0.1, seed 0). "
        "The figures are bits per character, after so many steps the smooth loss as the program shows it; seconds are "
        "those of one core of the machine in the README. What the network writes is drawn at temperature 1. *Modern* "
        "is `--preset modern --seconds 60`: two layers of 128 GRU units in 16 streams. In its minute it reads these "
        "short texts dozens of times and knows much of them by heart, so its loss says less than what it writes.\n",
        table(learned) + "\n",
    ]
    for one in learned:
        parts.append(f"## {one.sample.name}\n")
        parts.append(f"{one.sample.what[0].upper()}{one.sample.what[1:]}. {one.sample.when}\n")
        for point in (*one.points, one.modern):
            judged = f", {JUDGES[one.sample.name][1]}: {point.verdict}" if point.verdict else ""
            who = "Modern, after" if point is one.modern else "After"
            head = f"{who} {point.step:,} steps ({point.seconds:.1f} s): {point.bits:.2f} bits per character{judged}."
            parts.append(head + "\n")
            shown = "\n".join(f"    {readable(line)}".rstrip() for line in point.text.split("\n"))
            parts.append(shown + "\n")
    return "\n".join(parts)


def main() -> None:
    """Train, and write both files."""
    learned = []
    for sample in SAMPLES:
        learned.append(learn(sample))
        print(table(learned).splitlines()[-1], flush=True)
    (ROOT / "docs" / "samples.md").write_text(page(learned), encoding="utf-8")
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    if BEGIN not in text:
        sys.exit("the README has no place for the table")
    between = f"{BEGIN}\n\n{table(learned)}\n\n{END}"
    readme.write_text(re.sub(f"{BEGIN}.*?{END}", lambda _: between, text, flags=re.S), encoding="utf-8")


if __name__ == "__main__":
    main()
