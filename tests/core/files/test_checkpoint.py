"""What is written, read back, and gone on with; and what a reader makes of files that are something else."""

import errno
import gc
import io
import json
import math
import pickle
import random
import sys
import zipfile

import numpy as np
import pytest

from charrnn.core import CharRNN, Corpus, CorpusError, TrainingSession
from charrnn.core.cli.opening import open_run
from charrnn.core.cli.options import training_parser
from charrnn.core.files.checkpoint import METADATA, TIMING, Checkpoint
from charrnn.core.files.checkpoint_guard import CheckpointError
from charrnn.core.files.checkpoint_reader import read_checkpoint, read_summary
from charrnn.core.files.resume import resumed
from charrnn.core.files.whole import part_of, replace_file
from charrnn.core.training.run import Run

STORY = "The clock was slow, and everybody knew it. Zwölf, 中文 😀 [b]\x1b[31m\r\n\0" * 30


def trained(count=130, text=STORY, **options):
    run = Run(TrainingSession(Corpus.from_text(text, "story"), **{"hidden_size": 8, "sample_length": 30, **options}))
    for _ in range(count):
        run.step()
    return run


def write(run, path, elapsed=12.5):
    Checkpoint.of(run, run.capture(), elapsed).save(path)
    return path


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    run = trained()
    run.change_rate(+1)
    run.restart()
    for _ in range(60):
        run.step()
    return write(run, tmp_path_factory.mktemp("saved") / "run.npz")


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(
    ("count", "how"),
    [
        *((count, {}) for count in (0, 1, 130)),
        *((130, {"optimizer": name, "clip": "norm:1"}) for name in ("rmsprop", "adam")),
        (130, {"optimizer": "sgd", "momentum": 0.9, "clip": "off"}),
    ],
    ids=["0", "1", "130", "rmsprop", "adam", "sgd"],
)
def test_a_run_that_was_written_and_read_goes_on_bit_for_bit(tmp_path, dtype, count, how):
    straight = trained(count, dtype=dtype, **how)
    straight.change_rate(-1)
    checkpoint = read_checkpoint(write(straight, tmp_path / "a.npz"))
    other = resumed(checkpoint, Corpus.from_text(STORY, "story"))
    for run in (straight, other):
        for _ in range(90):
            run.step()
    for run, name in ((straight, "b.npz"), (other, "c.npz")):
        write(run, tmp_path / name)
    assert checkpoint.elapsed == 12.5
    one, two = np.load(tmp_path / "b.npz", allow_pickle=False), np.load(tmp_path / "c.npz", allow_pickle=False)
    assert one.files == two.files
    assert len(one.files) >= 16
    for name in one.files:
        if name != TIMING:
            a, b = one[name], two[name]
            assert (a if isinstance(a, bytes) else a.tobytes()) == (b if isinstance(b, bytes) else b.tobytes()), name
    one.close(), two.close()


def test_numpy_alone_reads_the_five_parameters_and_their_sums(tmp_path):
    run = trained(vocab := 40)
    write(run, tmp_path / "a.npz")
    with np.load(tmp_path / "a.npz", allow_pickle=False) as stored:
        for name, array in run.session.model.parameters.items():
            assert np.array_equal(stored[name], array)
            assert np.array_equal(stored[f"optimizer_sums_{name}"], run.session.optimizer.memory[name])
        assert "".join(map(chr, stored["vocabulary"])) == run.session.corpus.vocabulary.characters
        metadata = json.loads(stored[METADATA])
    assert metadata["session"]["step_count"] == vocab
    assert metadata["version"] == 2
    assert metadata["corpus"]["sha256"] == run.session.corpus.sha256
    assert metadata["corpus"]["length"] == len(STORY)


def test_losses_samples_marks_ghost_and_first_weights_come_back(tmp_path):
    corpus = Corpus.from_text(STORY)
    run = Run(TrainingSession(corpus, model=CharRNN(len(corpus.vocabulary), 5, seed=3), sample_every=3))
    for _ in range(700):
        run.step()
    run.reset_memory()
    run.draw_sample()
    run.restart()
    for _ in range(2500):
        run.step()
    other = resumed(read_checkpoint(write(run, tmp_path / "a.npz")), corpus)
    assert other.journal.samples == run.journal.samples
    assert other.journal.marks == run.journal.marks
    assert other.journal.losses.view()[:2] == run.journal.losses.view()[:2]
    assert np.array_equal(other.journal.losses.view()[2:], run.journal.losses.view()[2:])
    assert other.journal.ghost.steps == 700
    assert np.array_equal(other.journal.ghost.smooth, run.journal.ghost.smooth)
    assert (other.best, other.loss, other.climbing) == (run.best, run.loss, run.climbing)
    other.restart()
    run.restart()
    assert np.array_equal(other.session.model.parameters.flat, run.session.model.parameters.flat)


def test_a_text_that_has_changed_is_refused_unless_told_otherwise(saved):
    checkpoint = read_checkpoint(saved)
    longer, strange = Corpus.from_text(STORY + "slow", "story"), Corpus.from_text(STORY + "ßQ", "story")
    with pytest.raises(CheckpointError, match="not the text this run was trained on"):
        resumed(checkpoint, longer)
    assert resumed(checkpoint, longer, anyway=True).session.step_count == 60
    with pytest.raises(CheckpointError, match="the vocabulary has no Q ß"):
        resumed(checkpoint, strange, anyway=True)
    fewer = resumed(checkpoint, Corpus.from_text("slow clocks " * 20), anyway=True)
    assert fewer.session.corpus.vocabulary.characters == checkpoint.vocabulary.characters
    fewer.step()


def test_a_summary_is_the_same_without_reading_arrays(saved):
    summary, checkpoint = read_summary(saved), read_checkpoint(saved)
    assert (summary.step, summary.corpus, summary.settings) == (60, checkpoint.corpus, checkpoint.settings)
    assert summary.bits_per_char == pytest.approx(checkpoint.state.session.smooth_loss / math.log(2))


# Files that are something else


def members(path):
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def rewritten(path, tmp_path, compression=zipfile.ZIP_STORED, **changed):
    """A copy with some members replaced (None: left out)."""
    new = tmp_path / "changed.npz"
    contents = members(path) | {name.replace("__", "."): value for name, value in changed.items()}
    with zipfile.ZipFile(new, "w", compression) as archive:
        for name, value in contents.items():
            if value is not None:
                archive.writestr(name, value)
    return new


def npy(array, **options):
    data = io.BytesIO()
    np.save(data, array, **options)
    return data.getvalue()


def refused(path):
    with pytest.raises(CheckpointError) as caught:
        read_checkpoint(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_rewritten_copy_is_as_good_as_the_file(saved, tmp_path):
    assert read_checkpoint(rewritten(saved, tmp_path)).state.step == 60


class Bomb:
    """Code that a pickle would run."""

    def __reduce__(self):
        return (pytest.fail, ("a pickle was run",))


@pytest.mark.parametrize(
    "changed",
    [
        {"Wxh__npy": None},
        {"extra__npy": npy(np.zeros(3))},
        {"Wxh__npy": npy(np.zeros((8, 3), "float32"))},
        {"Wxh__npy": npy(np.zeros((8, 8), "float64"))},
        {"hidden__npy": npy(np.full(8, np.nan, "float32"))},
        {"by__npy": npy(np.array([Bomb()] * 8, object), allow_pickle=True)},
        {"by__npy": pickle.dumps(Bomb())},
        {"by__npy": b""},
        {"optimizer_sums_bh__npy": npy(np.full(8, -1, "float32"))},
        {"vocabulary__npy": None, "metadata__json": b"{}"},
        {"metadata__json": b""},
        {"metadata__json": b"[" * 100_000},
        {"metadata__json": b'{"format": "charrnn checkpoint", "version": 2}'},
        {"metadata__json": b"\xff\xfe"},
        {"timing__json": b'{"elapsed": NaN}'},
    ],
    ids=lambda changed: "-".join(f"{k.split('__')[0]}" for k in changed),
)
def test_contents_that_are_not_as_they_have_to_be_are_refused(saved, tmp_path, changed):
    refused(rewritten(saved, tmp_path, **changed))


PATHS = (
    "settings.hidden_size",
    "settings.dtype",
    "settings.sample_every",
    "symbols",
    "session.position",
    "session.step_count",
    "session.smooth_loss",
    "settings.sample_length",
    "best",
    "session.learning_rate",
    "session.generator.state.state",
    "session.generator.bit_generator",
    "session.next_input",
    "history.stride",
    "history.buckets",
    "samples",
    "marks",
    "corpus.length",
    "version",
    "parameters",
    "parameters.Whh",
    "optimizer",
)
ABSURD = (-1, 1.7e308, 10**30, 1e308, -0.5, "\x1b]0;x\x07", [], {}, True, [[[[]]]])


def with_value(saved, tmp_path, path, value):
    """The file with one value of its metadata changed."""
    metadata = json.loads(members(saved)[METADATA])
    *parents, last = path.split(".")
    table = metadata
    for parent in parents:
        table = table[parent]
    table[last] = value
    return rewritten(saved, tmp_path, metadata__json=json.dumps(metadata).encode())


@pytest.mark.parametrize("path", PATHS)
def test_absurd_values_are_refused_or_harmless(saved, tmp_path, path):
    for value in ABSURD:
        changed = with_value(saved, tmp_path, path, value)
        try:
            run = resumed(read_checkpoint(changed), Corpus.from_text(STORY, "story"))
        except (CheckpointError, CorpusError):
            continue
        with np.errstate(all="ignore"):
            run.step()


def test_what_marks_say_is_made_visible(saved, tmp_path):
    metadata = json.loads(members(saved)[METADATA])
    metadata["marks"] = [{"number": 9, "step": 3, "kind": "rate", "text": "\x1b]0;x\x07\u202e\x9b2J"}]
    changed = rewritten(saved, tmp_path, metadata__json=json.dumps(metadata).encode())
    assert read_checkpoint(changed).state.journal.marks[0].text.isprintable()


@pytest.mark.parametrize("path", ["/proc/kmsg", "/proc/self/mem", "/dev/zero", "a" * 5000, "\udcff\0"])
def test_a_place_of_a_text_that_makes_no_sense_is_not_read(saved, tmp_path, path):
    timing = json.loads(members(saved)[TIMING]) | {"corpus_path": path}
    changed = rewritten(saved, tmp_path, timing__json=json.dumps(timing).encode())
    options = training_parser("charrnn", "").parse_args(["--resume", str(changed), "--no-save"])
    with pytest.raises(CheckpointError, match="no longer at"):
        open_run(options)


def test_losses_out_of_all_bounds_are_refused(saved, tmp_path):
    with np.load(saved) as stored:
        losses = stored["losses"]
    refused(rewritten(saved, tmp_path, losses__npy=npy(np.full_like(losses, -1.7e308))))


def test_a_file_of_a_newer_version_says_so(saved, tmp_path):
    metadata = json.loads(members(saved)[METADATA]) | {"version": 3}
    assert "newer version" in refused(rewritten(saved, tmp_path, metadata__json=json.dumps(metadata).encode()))


def test_nothing_that_unpacks_to_more_than_it_is_can_get_in(saved, tmp_path):
    bomb = rewritten(saved, tmp_path, zipfile.ZIP_DEFLATED, Wxh__npy=npy(np.zeros(1 << 20)))
    assert "not a checkpoint" in refused(bomb)


def test_damage_is_noticed_wherever_it_is(saved, tmp_path):
    data, rng = saved.read_bytes(), random.Random(5)
    original = read_checkpoint(saved)
    path = tmp_path / "damaged.npz"
    for n in range(150):
        damaged = bytearray(data)
        if n % 3 == 0:
            del damaged[rng.randrange(len(data)) :]
        else:
            for _ in range(n % 5 + 1):
                damaged[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        path.write_bytes(damaged)
        try:
            again = read_checkpoint(path)
        except CheckpointError:
            continue
        assert again.state.session.parameters.tobytes() == original.state.session.parameters.tobytes()
        assert again.state.journal.samples == original.state.journal.samples


@pytest.mark.parametrize("content", [b"", b"PK", b"Once upon a time", b"PK\x05\x06" + bytes(18), bytes(100_000)])
def test_files_that_are_no_checkpoints_are_refused(tmp_path, content):
    path = tmp_path / "a\x1b[31m\n.npz"
    path.write_bytes(content)
    assert "“" in refused(path)
    assert refused(path).isprintable()
    assert "there is no file" in refused(tmp_path / "nowhere.npz")
    assert "folder" in refused(tmp_path)


# Writing


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "a.npz"
    path.write_bytes(b"old")

    def fails(file):
        file.write(b"new, but not all of it")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        replace_file(path, fails)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_program_left_behind_is_no_obstacle(tmp_path):
    path = tmp_path / "a.npz"
    part_of(path).write_bytes(b"half of a checkpoint")
    replace_file(path, lambda file: file.write(b"new"))
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_the_file_before_is_kept_where_that_is_wanted(tmp_path):
    path, keep = tmp_path / "a", tmp_path / "b"
    for content in (b"1", b"2", b"3"):
        replace_file(path, lambda file, content=content: file.write(content), keep=keep)
    assert (path.read_bytes(), keep.read_bytes()) == (b"3", b"2")


def test_held_out_measurements_and_rates_are_in_the_file_and_older_files_load_without(tmp_path):
    run = Run(TrainingSession(Corpus.from_text("the clock was slow " * 60), hidden_size=6, held_out=0.25))
    for _ in range(3):
        run.step()
    run.change_rate(-1)
    path = write(run, tmp_path / "run.npz")
    read = read_checkpoint(path)
    assert read.settings.held_out == 0.25
    assert read.state.journal.measured == tuple(run.journal.measured)
    assert read.state.journal.marks[-1].rate_before == 0.1
    with zipfile.ZipFile(path) as file:
        members = {name: file.read(name) for name in file.namelist()}
    metadata = json.loads(members["metadata.json"])
    del metadata["measured"], metadata["settings"]["held_out"], metadata["marks"][-1]["rate_before"]
    members["metadata.json"] = json.dumps(metadata).encode()
    with zipfile.ZipFile(path, "w") as file:
        for name, data in members.items():
            file.writestr(name, data)
    older = read_checkpoint(path)
    assert (older.settings.held_out, older.state.journal.measured) == (0.0, ())
    assert older.state.journal.marks[-1].rate_before is None


@pytest.mark.parametrize("room", [0, 10, 500, 5000, 9000])
def test_a_save_that_finds_no_room_leaves_nothing_that_complains_later(monkeypatch, room):
    class Full(io.BytesIO):
        def write(self, data):
            if self.tell() + len(data) > room:
                raise OSError(errno.ENOSPC, "")
            return super().write(data)

    run, complaints = trained(20), []
    monkeypatch.setattr(sys, "unraisablehook", complaints.append)
    with pytest.raises(OSError, match=str(errno.ENOSPC)) as caught:
        Checkpoint.of(run, run.capture(), 1.0).write(Full())
    del caught
    gc.collect()
    assert complaints == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("history.high", 1e300),
        ("history.sum", 1e101),
        ("session.learning_rate", 2000.0),
        ("session.learning_rate", 1e-12),
        ("marks", [{"number": 9, "step": 3, "kind": "rate", "text": "\u0301" * 1000, "rate_before": 5000.0}]),
    ],
    ids=str,
)
def test_what_is_read_can_be_written_and_read_again(saved, tmp_path, path, value):
    changed = with_value(saved, tmp_path, path, value)
    try:
        run = resumed(read_checkpoint(changed), Corpus.from_text(STORY, "story"))
    except CheckpointError:
        return
    for _ in range(300):
        run.step()
    run.change_rate(-1)
    run.reset_memory()
    read_checkpoint(write(run, tmp_path / "again.npz"))


@pytest.mark.parametrize("rate", [0.0, -1.0, math.nan, math.inf, 1e-13, 1e31])
def test_no_session_has_a_rate_that_no_file_may_hold(rate):
    run = trained(1)
    with pytest.raises(ValueError, match="learning rate"):
        run.set_rate(rate)
    assert run.session.learning_rate == 0.1
    smallest = trained(1, learning_rate=1e-12)
    assert smallest.settings.learning_rate == 1e-12


def test_a_name_of_any_length_is_kept_as_far_as_a_file_may_hold_it(tmp_path):
    run = Run(TrainingSession(Corpus.from_text(STORY, "n" * 1500), hidden_size=3))
    run.step()
    assert len(read_checkpoint(write(run, tmp_path / "a.npz")).corpus.name) == 1000


def test_a_file_whose_options_do_not_go_together_is_refused(saved, tmp_path):
    metadata = json.loads(members(saved)["metadata.json"])
    metadata["settings"]["momentum"] = 0.5
    assert "momentum is of sgd only" in refused(rewritten(saved, tmp_path, metadata__json=json.dumps(metadata)))
