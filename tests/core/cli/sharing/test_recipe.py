"""What starts a run that is there: in a checkpoint, or on the screen."""

import os

import pytest

from charrnn.core import Corpus, Run, TrainingSession, save_run
from charrnn.core.cli.chosen import new_settings
from charrnn.core.cli.opening import open_run
from charrnn.core.cli.sharing.asking import read_words
from charrnn.core.cli.sharing.recipe import recipe_of, recipe_of_run
from charrnn.core.cli.sharing.words import words_of
from charrnn.core.files.checkpoint_guard import CheckpointError
from charrnn.core.text.identity import CorpusIdentity
from charrnn.core.text.vocabulary import CorpusError

STORY = "The clock was slow, and everybody knew it. " * 30


def saved(tmp_path, *words):
    """A checkpoint of a run with these options, after three steps."""
    run = open_run(read_words(["--no-save", *words])).run
    for _ in range(3):
        run.step()
    save_run(run, tmp_path / "run.npz")
    return str(tmp_path / "run.npz")


@pytest.mark.parametrize(
    "words",
    [
        ["--builtin", "echo", "--seed", "3", "--hidden-size", "5"],
        ["--preset", "modern", "--steps", "900", "--hidden-size", "5", "--held-out", "0.1"],
        ["--builtin", "dates", "--attention", "off", "--hidden-size", "5"],
    ],
    ids=str,
)
def test_a_resumed_run_is_started_by_its_own_options_from_step_0(tmp_path, words):
    checkpoint = saved(tmp_path, *words)
    again = read_words(words_of(recipe_of(read_words(["--resume", checkpoint, "--temperature", "2"]))))
    then = read_words(words)
    assert again.resume is None
    assert new_settings(again) == new_settings(then)
    assert (again.builtin, again.steps) == (then.builtin, then.steps)


def test_a_text_in_files_is_named_and_one_from_a_pipe_has_to_be(tmp_path):
    text = tmp_path / "poem.txt"
    text.write_text(STORY)
    checkpoint = saved(tmp_path, str(text), "--hidden-size", "5")
    assert recipe_of(read_words(["--resume", checkpoint])).paths == (str(text),)
    assert recipe_of(read_words(["other.txt", "--resume", checkpoint])).paths == ("other.txt",)
    piped = Run(TrainingSession(Corpus.from_text(STORY, "standard input"), hidden_size=5))
    save_run(piped, tmp_path / "piped.npz")
    with pytest.raises(CorpusError, match="came from no file"):
        recipe_of(read_words(["--resume", str(tmp_path / "piped.npz")]))


def test_a_folder_is_named_where_all_that_is_read_of_it_was(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(STORY)
    settings = new_settings(read_words([]))
    paths = [str(tmp_path / name) for name in ("a.txt", "b.txt")]
    identity = CorpusIdentity.of(Corpus.from_paths(paths))
    assert recipe_of_run(settings, identity).paths == (str(tmp_path),)
    (tmp_path / "c.txt").write_text(STORY)
    assert recipe_of_run(settings, identity).paths == tuple(paths)


def test_what_begins_with_the_weights_of_another_run_names_that_run(tmp_path):
    checkpoint = saved(tmp_path, "--preset", "modern", "--hidden-size", "5")
    typed = ["--from", checkpoint, "--builtin", "echo", "--streams", "2", "--cell", "gru"]
    words = words_of(recipe_of(read_words(typed)))
    assert words == ["--builtin", "echo", "--from", checkpoint, "--streams", "2"]
    with pytest.raises(CheckpointError, match="leave --cell out"):
        recipe_of(read_words(["--from", checkpoint, "--cell", "lstm"]))
    begun = saved(tmp_path, *typed)
    with pytest.raises(CheckpointError, match="the weights of another one"):
        recipe_of(read_words(["--resume", begun]))


def test_what_comes_from_a_pipe_cannot_be_shared(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for name in ("-", "/dev/fd/63", str(tmp_path / "pipe")):
        with pytest.raises(CorpusError, match="save it to a file"):
            recipe_of(read_words([name]))
