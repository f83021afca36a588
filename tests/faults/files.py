"""Thousands of damaged and forged files: each is read as it was written, or refused in one sentence.

Run by hand: `python tests/faults/files.py [COUNT]`, so many checkpoints and as many texts. No file is searched for the
way that would break it; the seeds are always the same.
"""

import io
import random
import resource
import signal
import tracemalloc
from collections import Counter
from pathlib import Path
from types import FrameType

import numpy as np
from mutations import Mutations
from shared import count, own_folder, say_and_exit

from charrnn.core import Corpus, CorpusError, TrainingSession
from charrnn.core.files.checkpoint import Checkpoint
from charrnn.core.files.checkpoint_guard import CheckpointError
from charrnn.core.files.checkpoint_reader import read_checkpoint
from charrnn.core.files.resume import resumed
from charrnn.core.training.run import Run
from charrnn.samples import read_sample

MOST_MEMORY = 64 << 20  # bytes to read a file of some tens of kilobytes
ROOM = 6 << 30  # bytes for the whole program, so that a failure doesn't take the machine with it
PATIENCE = 30  # seconds for one file
EVIDENT = ("metadata", "bloated")  # kinds that may be read as something else: they say other things, with right sums


def alarm(_: int, __: FrameType | None) -> None:
    raise TimeoutError(f"it takes more than {PATIENCE} s")


def real_checkpoint(corpus: Corpus) -> Checkpoint:
    """One with everything in it: marks, samples, a ghost."""
    run = Run(TrainingSession(corpus, hidden_size=20, seq_length=10, sample_every=50, sample_length=30))
    for i in range(1500):
        run.step()
        if i % 300 == 100:
            run.change_rate(1)
            run.draw_sample()
    run.go_back()
    run.reset_memory()
    run.step()
    return Checkpoint.of(run, run.capture(), 12.5)


def written(checkpoint: Checkpoint, *, timing: bool = True) -> bytes:
    """All of it in bytes, to compare; when it was saved is another matter."""
    out = io.BytesIO()
    np.savez(out, **checkpoint.arrays())
    return out.getvalue() + repr((checkpoint.metadata(), checkpoint.elapsed if timing else None)).encode()


def trouble(path: Path, corpus: Corpus, expected: bytes | None, tally: Counter[str]) -> str:
    """What is wrong with how a file is read; nothing if it is right."""
    tracemalloc.start()
    try:
        checkpoint = read_checkpoint(path)
    except CheckpointError as error:
        tally["refused"] += 1
        return "" if str(error).count("\n") == 0 else f"more than one line: {error}"
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        if peak > MOST_MEMORY:
            tally["memory"] += 1
    tally["read"] += 1
    if expected is not None and written(checkpoint) != expected:
        return "it is read as something else"
    try:
        run = resumed(checkpoint, corpus, anyway=True)
    except (CheckpointError, CorpusError):
        return ""
    with np.errstate(all="ignore"):
        run.step()
        run.step()
    return ""


def damaged(folder: Path, tries: int) -> list[str]:
    """Checkpoints."""
    corpus, chance = Corpus.from_text(read_sample("prose").decode()[:20_000]), random.Random(1)
    path, witness, failures = folder / "run.npz", folder / "witness", []
    checkpoint = real_checkpoint(corpus)
    checkpoint.save(path)
    whole, expected = path.read_bytes(), written(read_checkpoint(path))
    mutations = Mutations(chance, witness)
    kinds = list(mutations.kinds.items())
    for i in range(tries):
        # Every second one has another value in its tables: there are many that may be absurd.
        kind, mutate = kinds[i // 2 % len(kinds)] if i % 2 else ("metadata", mutations.metadata)
        tally = Counter[str]()
        path.write_bytes(mutate(whole))
        signal.alarm(PATIENCE)
        try:
            found = trouble(path, corpus, None if kind in EVIDENT else expected, tally)
        except Exception as error:
            found = f"{type(error).__name__}: {error}"
        finally:
            signal.alarm(0)
        if tally["memory"]:
            found += " too much memory"
        if witness.exists():
            found += " a pickle was run"
            witness.rmdir()
        if found:
            failures.append(f"checkpoint {i}, {kind}: {found[:300]}")
    return failures


def random_text(chance: random.Random) -> bytes:
    """Bytes: every second time of valid UTF-8."""
    length = chance.choice((0, 1, 25, 26, 27, chance.randrange(100), chance.randrange(3000)))
    if chance.random() < 0.5:
        return chance.randbytes(length)
    highest = chance.choice((0x80, 0x800, 0x10000, 0x110000))
    codes = [chance.randrange(highest) for _ in range(chance.choice((1, 2, 5, 3000)))]
    text = "".join(chr(c) for c in chance.choices([c for c in codes if not 0xD800 <= c < 0xE000] or [65], k=length))
    if chance.random() < 0.01:  # larger than the pieces in which a text is read, with characters across their ends
        text = text[:7] * (3 << 20 >> 3)
    return chance.choice((b"", b"", b"\xef\xbb\xbf")) + text.encode()


def wrong_with(path: Path, data: bytes) -> str:
    """What is wrong with how a text is taken; nothing if it is right."""
    try:
        text: str | None = data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError:
        text = None
    fit = text is not None and len(text) >= 26 and len(set(text)) > 1
    try:
        corpus = Corpus.from_path(path)
        session = TrainingSession(corpus, hidden_size=8)
    except CorpusError as error:
        return f"it should be trained on: {error}" if fit or "\n" in str(error) else ""
    if not fit or corpus.vocabulary.decode(corpus.ids) != text:
        return "it should be refused" if not fit else "it is not the same text"
    return "" if all(session.step().finite for _ in range(2)) else "its loss is no number"


def texts(folder: Path, tries: int) -> list[str]:
    """Corpora."""
    chance, path, failures = random.Random(2), folder / "text", []
    for i in range(tries):
        data = random_text(chance)
        path.write_bytes(data)
        signal.alarm(PATIENCE)
        try:
            found = wrong_with(path, data)
        except Exception as error:
            found = f"{type(error).__name__}: {error}"
        finally:
            signal.alarm(0)
        if found:
            failures.append(f"text {i}: {found[:300]}")
    return failures


def main() -> None:
    """Checkpoints, then texts."""
    tries = count(2000)
    resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))
    signal.signal(signal.SIGALRM, alarm)
    with own_folder() as folder:
        failures = damaged(folder, tries) + texts(folder, tries)
    say_and_exit(2 * tries, failures, "failed")


if __name__ == "__main__":
    main()
