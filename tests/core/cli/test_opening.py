"""From options to a run: what is resumed, where it saves, and what is refused."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from charrnn.core import Corpus, CorpusError
from charrnn.core.cli.opening import open_run
from charrnn.core.cli.options import training_parser
from charrnn.core.files.checkpoint_guard import CheckpointError
from charrnn.core.files.checkpoint_reader import read_checkpoint
from charrnn.core.files.log_record import LogError
from charrnn.core.files.resume import shell_word
from charrnn.core.files.save_place import SavingError

PROGRAM = str(Path(sys.executable).parent / "charrnn")
STORY = "The clock was slow, and everybody knew it. " * 30


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    return path


def opened(*arguments):
    return open_run(training_parser("charrnn-tui", "").parse_args([str(a) for a in arguments]))


def saved(*arguments, count=20):
    """A run of some steps that is saved and over; the file it is in."""
    o = opened(*arguments)
    for _ in range(count):
        o.run.step()
    o.saver.save(o.run.capture(), 3.0)
    assert o.saver.close().problem == ""
    return o.saver.path


def refused(error, *arguments):
    with pytest.raises(error) as caught:
        opened(*arguments)
    assert str(caught.value).isprintable()
    return str(caught.value)


def test_without_options_a_new_run_of_the_stories_that_come_with_the_program():
    o = opened()
    assert (o.run.session.step_count, o.elapsed) == (0, 0)
    assert o.run.session.corpus.name == "prose (built in)"
    assert opened("--no-save").saver is None


def test_without_a_name_the_newest_run_of_this_text(story, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(STORY * 2)
    first, second, third = saved(story, count=5), saved(story, count=9), saved(other, count=7)
    o = opened(story, "--resume")
    assert (o.run.session.step_count, o.saver.path, o.elapsed) == (9, second.resolve(), 3.0)
    o.saver.close()
    assert opened("--resume").saver.path == third.resolve()
    assert first != second


def test_a_text_without_a_run_is_named(story):
    assert "no saved run of “story.txt”" in refused(CheckpointError, story, "--resume")
    assert "no saved run to resume" in refused(CheckpointError, "--resume")


def test_the_text_of_a_run_is_found_again_without_being_named(story, tmp_path):
    path = saved(story)
    assert opened("--resume", path, "--no-save").run.session.corpus.path == story
    story.rename(tmp_path / "elsewhere.txt")
    assert "is no longer at" in refused(CheckpointError, "--resume", path)
    assert opened(tmp_path / "elsewhere.txt", "--resume", path, "--no-save").run.session.step_count == 20
    builtin = saved()
    assert opened("--resume", builtin, "--no-save").run.session.corpus.name == "prose (built in)"


@pytest.mark.parametrize("named", [True, False])
def test_a_text_that_has_changed_is_refused_unless_anyway(story, named):
    path = saved(story)
    story.write_text(STORY[:-60])
    arguments = (story, "--resume", path) if named else (story, "--resume")
    assert "--anyway" in refused(CheckpointError, *arguments)
    o = opened(*arguments, "--anyway", "--no-save")
    assert len(o.run.session.corpus) == len(STORY) - 60
    o.run.step()
    story.write_text(STORY + "X")
    assert "the vocabulary has no X" in refused(CheckpointError, *arguments, "--anyway")


def test_what_a_run_was_begun_with_cannot_be_changed_but_the_rest_can(story):
    path = saved(story, "--hidden-size", "12")
    assert "--hidden-size 12" in refused(CheckpointError, "--resume", path, "--hidden-size", "13")
    assert "--seed 0" in refused(CheckpointError, "--resume", path, "--seed", "1")
    o = opened("--resume", path, "--hidden-size", "12", "--learning-rate", "0.02", "--sample-every", "7", "--no-save")
    assert (o.run.session.learning_rate, o.run.session.sample_every) == (0.02, 7)
    assert o.run.journal.marks[-1].text == "rate 0.1 → 0.02"
    assert "20 steps already" in refused(CheckpointError, "--resume", path, "--steps", "20")


def test_a_damaged_file_offers_the_newest_whole_save(story, tmp_path):
    path = saved(story)
    broken = tmp_path / "broken.npz"
    broken.write_bytes(path.read_bytes()[:-100])
    said = refused(CheckpointError, "--resume", broken)
    assert f"the newest whole save is {path}" in said
    assert "newest" not in refused(CheckpointError, "--resume", tmp_path / "none.npz")
    assert "not a checkpoint" in refused(CheckpointError, "--resume", story)


def test_saving_goes_where_it_is_wanted_and_never_over_something_else(story, tmp_path):
    target = tmp_path / "run.npz"
    path = saved(story, "--checkpoint", target)
    assert path == target.resolve()
    assert "is there already" in refused(SavingError, story, "--checkpoint", target)
    assert "is there already" in refused(SavingError, story, "--checkpoint", story)
    assert "is a folder" in refused(SavingError, story, "--checkpoint", tmp_path)
    assert "no folder" in refused(SavingError, story, "--checkpoint", tmp_path / "no" / "run.npz")
    assert story.read_text() == STORY
    o = opened("--resume", target)
    assert o.saver.path == target.resolve()
    assert "another program" in refused(SavingError, "--resume", target, "--checkpoint", target)
    o.saver.close()
    fork = opened("--resume", target, "--checkpoint", tmp_path / "fork.npz")
    fork.saver.close()
    assert read_checkpoint(target).state.step == 20


def test_a_state_that_was_left_is_gone_on_with_in_a_folder_of_its_own(story):
    path = saved(story)
    left = path.with_name("left-at-20.npz")
    path.rename(left)
    assert opened("--resume", left).saver.path.parent != left.resolve().parent


def test_the_command_that_goes_on_can_be_typed_as_it_is(story, tmp_path):
    place = tmp_path / "two words\x1b[31m.npz"
    o = opened(story, "--checkpoint", place)
    assert o.resume_command("charrnn-tui") == f"charrnn-tui --resume $'{tmp_path}/two words\\x1b[31m.npz'"
    o.saver.close()
    assert shell_word("it's") == "'it'\"'\"'s'"
    assert shell_word("\udcff\n'\\") == r"$'\xff\x0a\x27\x5c'"


def test_a_text_from_a_pipe_has_to_be_piped_again(story):
    o = opened(story)
    o.run.session.corpus = Corpus.from_text("piped " * 20)
    assert o.resume_command("charrnn train").startswith("charrnn train - --resume ")


def test_a_text_that_cannot_be_read_is_a_corpus_error(tmp_path):
    refused(CorpusError, tmp_path / "nowhere.txt")
    refused(CorpusError, "")


# Several texts, packed or in other encodings, and texts that can be read only once


def go(*arguments):
    """A short run from the command line, saved; what it said."""
    return subprocess.run([PROGRAM, "train", *arguments, "--steps", "30"], capture_output=True, text=True, check=True)


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text("the owl looks at the moon. " * 20)
    (folder / "b.txt").write_text("the moon looks at the owl! " * 20)
    return folder


def test_a_folder_is_trained_on_and_gone_on_with_without_being_named(texts, tmp_path):
    place = tmp_path / "run.npz"
    said = go(texts, "--checkpoint", place).stdout
    assert "a.txt and 1 more: 1,080 characters" in said
    assert f"to go on: charrnn train --resume {place}" in said
    run = opened("--resume", place, "--no-save").run
    assert [part.name for part in run.session.corpus.parts] == ["a.txt", "b.txt"]
    assert [m.text for m in run.journal.marks if m.kind == "file"] == ["b.txt begins"]
    for _ in range(60):
        run.step()
    assert [m.kind for m in run.journal.marks] == ["file", "wrap", "file", "wrap"]


def test_a_run_of_several_texts_is_resumed_bit_for_bit(texts, tmp_path):
    straight = opened(texts / "a.txt", texts / "b.txt", "--no-save").run
    for _ in range(70):
        straight.step()
    go(texts / "a.txt", texts / "b.txt", "--checkpoint", tmp_path / "run.npz")
    again = opened("--resume", tmp_path / "run.npz", "--no-save").run
    for _ in range(40):
        again.step()
    assert np.array_equal(straight.session.model.parameters.flat, again.session.model.parameters.flat)
    assert np.array_equal(straight.session.hidden, again.session.hidden)


def test_a_run_on_one_text_of_several_that_is_gone_says_which(texts, tmp_path):
    go(texts, "--checkpoint", tmp_path / "run.npz")
    (texts / "b.txt").unlink()
    with pytest.raises(CheckpointError, match=r"no longer at “.*b.txt”"):
        opened("--resume", tmp_path / "run.npz")
    with pytest.raises(CheckpointError, match="is not the text this run was trained on"):
        opened(texts, "--resume", tmp_path / "run.npz")


def test_the_encoding_is_remembered(tmp_path):
    path = tmp_path / "text"
    path.write_bytes(("schöne Straße " * 40).encode("cp1252"))
    go(path, "--encoding", "latin-1", "--checkpoint", tmp_path / "run.npz")
    run = opened("--resume", tmp_path / "run.npz", "--no-save").run
    assert "ß" in run.session.corpus.vocabulary.characters
    assert run.session.corpus.encoding == "iso8859-1"


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="this system has no /dev/fd")
def test_what_is_printed_for_a_text_that_is_read_once_works(texts, tmp_path):
    place = tmp_path / "run.npz"
    script = f'"{PROGRAM}" train <(cat {texts}/*.txt) --steps 30 --checkpoint {place}'
    said = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout
    assert "piped text: 1,080 characters" in said
    assert f"to go on, pipe the same text in: charrnn train - --resume {place}" in said
    script = f'cat {texts}/*.txt | "{PROGRAM}" train - --resume {place} --steps 60'
    assert "from step 30" in subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout


def test_several_texts_that_are_read_once_have_to_be_named_again(tmp_path):
    read = []
    for text in ("one text, " * 20, "another one; " * 20):
        end, write = os.pipe()
        os.write(write, text.encode())
        os.close(write)
        read.append(end)
    o = opened(*(f"/dev/fd/{end}" for end in read), "--checkpoint", tmp_path / "run.npz")
    assert o.text_again == "name the same texts"
    assert o.resume_command("charrnn train") == f"charrnn train TEXT … --resume {tmp_path}/run.npz"
    for end in read:
        os.close(end)
    o.saver.close()


NETWORKS = ([], ["--cell", "gru", "--layers", "2", "--streams", "2"], ["--cell", "lstm"])


@pytest.mark.parametrize("network", NETWORKS, ids=lambda network: " ".join(network) or "classic")
def test_a_run_begins_with_the_weights_of_another_and_knows_every_symbol_of_both(network, story, tmp_path):
    old = saved(story, "--hidden-size", 7, *network)
    other = tmp_path / "other.txt"
    other.write_text("Über dem Fluß war die Brücke, überall Nebel. " * 30)
    o = opened(other, "--from", old.parent)
    run, checkpoint = o.run, read_checkpoint(old)
    assert (run.session.step_count, run.session.corpus.name) == (0, "other.txt")
    known, vocabulary = checkpoint.vocabulary.characters, run.session.corpus.vocabulary
    assert vocabulary.characters == "".join(sorted({*known, *other.read_text()}))
    assert run.notice.endswith("begin afresh: B F N m u Ü ß ü"), run.notice
    assert run.session.corpus.vocabulary.decode(run.session.corpus.ids) == other.read_text()
    weights, then, places = run.session.model.parameters, checkpoint.parameters, vocabulary.encode(known)
    fresh = np.setdiff1d(np.arange(len(vocabulary)), places)
    for name in then:
        if name == "Wxh":
            assert np.array_equal(weights[name][:, places], then[name])
            assert weights[name][:, fresh].all(), "drawn, not empty"
        elif name in ("Why", "by"):
            assert np.array_equal(weights[name][places], then[name])
        else:
            assert np.array_equal(weights[name], then[name])
    # It reads what it knows as it did.
    first = run.session.first_loss
    assert run.session.smooth_loss == first <= np.log(len(vocabulary))
    for _ in range(30):
        run.step()
    o.saver.save(run.capture(), 1.0)
    assert o.saver.close().problem == ""
    again = opened("--resume", o.saver.path).run
    for each in (run, again):
        for _ in range(5):
            each.step()
        each.restart()
    assert np.array_equal(run.session.model.parameters.flat, again.session.model.parameters.flat)
    assert run.session.smooth_loss == again.session.smooth_loss == first


def test_on_the_same_text_it_goes_on_with_what_the_weights_know(story):
    old = saved(story, "--hidden-size", 7, count=200)
    run = opened(story, "--from", old, "--no-save").run
    assert "begin afresh" not in run.notice
    assert run.session.smooth_loss < read_checkpoint(old).state.session.smooth_loss
    assert np.array_equal(run.session.model.parameters.flat, read_checkpoint(old).state.session.parameters)


def test_what_was_begun_with_other_weights_is_replayed_only_with_them(story, tmp_path):
    old, other = saved(story, "--hidden-size", 7), saved(story, "--hidden-size", 7, "--seed", 3)
    log = tmp_path / "log"
    o = opened(story, "--from", old, "--log", log, "--no-save")
    o.log.end(o.run, 0.0, 0.0)
    again = opened("--replay", log, "--from", old, "--no-save").run
    assert np.array_equal(again.session.model.parameters.flat, o.run.session.model.parameters.flat)
    assert "name that with --from" in refused(LogError, "--replay", log)
    assert "with other weights" in refused(LogError, "--replay", log, "--from", other)
    plain = tmp_path / "plain"
    p = opened(story, "--hidden-size", 7, "--log", plain, "--no-save")
    p.log.end(p.run, 0.0, 0.0)
    assert "its seed's" in refused(LogError, "--replay", plain, "--from", old)


def test_waiting_for_a_better_measurement_takes_measurements(story):
    old = saved(story)
    assert "begun without it" in refused(CheckpointError, "--resume", old, "--patience", 2)
    measured = saved(story, "--held-out", 0.2)
    assert opened("--resume", measured, "--patience", 2, "--no-save").run.session.held_out


def test_what_becomes_of_a_cosine_is_said(story):
    over = saved(story, "--schedule", "cosine", "--steps", 20)
    assert "its end: the rate stays 0.00161 " in opened("--resume", over, "--steps", 40, "--no-save").run.notice
    assert opened("--resume", saved(story), "--no-save").run.notice == ""
    assert "as its cosine needs an end" in opened(story, "--from", over, "--no-save").run.notice
    assert "cosine" not in opened(story, "--from", over, "--steps", 50, "--no-save").run.notice


def test_a_best_state_is_gone_on_with_in_a_folder_of_its_own_whatever_it_is_called(story, tmp_path):
    o = opened(story, "--held-out", 0.2, "--checkpoint", tmp_path / "m.ckpt")
    o.run.measure()
    o.run.step()
    o.saver.keep_best(o.run.best_measured, 1.0)
    o.saver.save(o.run.capture(), 1.0)
    o.saver.close()
    moved = (tmp_path / "m-best.npz").rename(tmp_path / "moved.npz")
    before = moved.read_bytes()
    again = opened("--resume", moved)
    assert again.saver.path.parent.parent != tmp_path
    assert again.saver.path != moved
    again.saver.close()
    assert moved.read_bytes() == before
    own = saved(story, "--checkpoint", tmp_path / "w-best-5.npz")
    o = opened("--resume", own)
    assert o.saver.path == own, "only its name is like that"
    o.saver.close()


def test_an_empty_name_is_no_checkpoint(story):
    assert refused(CheckpointError, story, "--from", "") == "--from names no checkpoint"
