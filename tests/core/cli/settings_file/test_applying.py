"""A person's own defaults beside what was typed."""

import tomllib

import pytest

from charrnn.core.cli.chosen import check_options, new_settings
from charrnn.core.cli.commands.main import main
from charrnn.core.cli.commands.settings import example, meanings
from charrnn.core.cli.options import training_parser
from charrnn.core.cli.settings_file.applying import with_own_defaults
from charrnn.core.cli.settings_file.file import SettingsError
from charrnn.core.cli.sharing.recipe import recipe_of
from charrnn.core.cli.sharing.words import line_of
from charrnn.core.files.checkpoint_reader import read_checkpoint
from charrnn.core.settings import PRESETS, Settings


@pytest.fixture
def options(tmp_path, monkeypatch):
    """The options that come of a file and of what is typed beside it."""

    def made(text, *typed, more=None, only=None):
        path = tmp_path / "settings.toml"
        path.write_text(text)
        monkeypatch.setenv("CHARRNN_SETTINGS", str(path))
        parser = training_parser("charrnn-tui", "")
        found = with_own_defaults(parser, parser.parse_args(typed), typed, more=more, only=only)
        check_options(parser, found)
        return found

    return made


def differences(settings):
    usual = Settings()
    return {name: value for name, value in vars(settings).items() if value != getattr(usual, name)}


def test_what_was_not_typed_is_as_the_file_says(options):
    found = options("hidden-size = 20\ntemperature = 0.5\nno-save = true\nautosave = 5\nlog-every = 10\nclip = 1\n")
    assert differences(new_settings(found)) == {"hidden_size": 20, "temperature": 0.5, "clip": "1"}
    assert (found.no_save, found.autosave, found.log_every) == (True, 5.0, 10)


def test_what_was_typed_wins_even_if_it_is_the_usual_value(options):
    found = options("hidden-size = 20\nlog-every = 10\nautosave = 5", "--hidden-size=100", "--log-every", "100")
    assert (found.hidden_size, found.log_every, found.autosave) == (100, 100, 5.0)


def test_nothing_is_taken_where_that_is_asked_for_even_of_a_broken_file(options):
    assert options("hidden-size = 20", "--no-settings").hidden_size is None
    assert options("= broken", "--no-settings").hidden_size is None


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("hidden-size = 20\ncell = 'lstm'\nseed = 3", ["--preset", "modern", "--steps", "9"], PRESETS["modern"]),
        ("hidden-size = 20\ncell = 'lstm'\nlayers = 2\ndropout = 0.1\nseed = 3", ["--preset", "classic"], {}),
        ("optimizer = 'sgd'\nmomentum = 0.9\nseed = 3", ["--preset", "classic"], {}),
    ],
)
def test_a_preset_that_is_typed_is_whole(options, text, typed, expected):
    found = differences(new_settings(options(text, *typed)))
    assert found == {"seed": 3, **expected, **({"schedule_steps": 9} if expected else {})}


def test_a_preset_of_the_file_is_what_typed_options_stand_beside(options):
    found = new_settings(options("preset = 'modern'\nhidden-size = 64", "--streams", "4"))
    assert (found.cell, found.hidden_size, found.streams, found.schedule) == ("gru", 64, 4, "constant")


@pytest.mark.parametrize(
    ("text", "typed", "gone"),
    [
        ("learning-rate = 0.5\nmomentum = 0.9\noptimizer = 'sgd'", ["--optimizer", "adam"], ["momentum"]),
        ("layers = 2\ndropout = 0.2", ["--layers", "1"], ["dropout"]),
        ("seconds = 60", ["--steps", "9"], ["seconds"]),
        ("steps = 60", ["--seconds", "9"], ["steps"]),
        ("schedule = 'cosine'", [], ["schedule"]),
        ("held-out = 0.1\npatience = 3", ["--held-out", "0"], ["patience"]),
        ("attention = false\nearly-weight = 0.5\npicture-size = 8", [], ["attention", "early_weight", "picture_size"]),
    ],
)
def test_what_does_not_go_with_what_was_typed_is_left_out(options, text, typed, gone):
    found = options(text, *typed)
    assert [name for name in gone if getattr(found, name) is not None] == []


def test_an_optimizer_that_is_typed_brings_its_own_rate(options):
    assert new_settings(options("learning-rate = 0.5", "--optimizer", "adam")).learning_rate == 0.002


def test_no_save_of_the_file_gives_way_to_a_place_that_is_typed(options, tmp_path):
    assert not options("no-save = true", "--checkpoint", str(tmp_path / "a.npz")).no_save


def test_examples_keep_their_recipe_and_take_the_network(options):
    text = "hidden-size = 20\nlearning-rate = 0.5\noptimizer = 'sgd'\npreset = 'modern'\nseq-length = 9\nsteps = 7"
    found = options(text, "--builtin", "feelings")
    settings = new_settings(found)
    assert (settings.hidden_size, settings.optimizer, settings.learning_rate) == (20, "adam", 0.0005)
    assert (settings.streams, found.steps) == (16, 7)


def test_a_text_of_the_file_is_for_who_names_none(options, tmp_path):
    assert options("builtin = 'echo'").builtin == "echo"
    assert options("builtin = 'echo'", "--builtin", "sums").builtin == "sums"
    assert options("builtin = 'echo'", str(tmp_path)).builtin is None
    assert options("task = 'label'").task is None
    assert options("task = 'label'", str(tmp_path)).task == "label"


@pytest.mark.parametrize("which", ["--resume", "--from", "--replay"])
def test_a_run_that_has_options_keeps_them(options, which):
    found = options("hidden-size = 20\nsteps = 5\nseed = 3\ntemperature = 2\nautosave = 5", which, "run")
    assert [getattr(found, n) for n in ("hidden_size", "steps", "seed", "temperature")] == [None] * 4
    assert found.autosave == 5.0


def test_the_line_that_starts_the_run_elsewhere_has_what_came_from_the_file(options):
    found = options("hidden-size = 20\nsteps = 50", "--cell", "gru")
    assert line_of(recipe_of(found)) == "charrnn-tui --hidden-size 20 --cell gru --steps 50"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fps = 5\nhiden-size = 3", "line 2: there is no option “hiden-size”; did you mean “hidden-size”?"),
        ("hidden_size = 3", "line 1: there is no option “hidden_size”; did you mean “hidden-size”?"),
        ("zzz = 3", "line 1: there is no option “zzz”; charrnn settings lists them"),
        ("\nhidden-size = 'many'", "line 2: hidden-size: “many” is not a whole number"),
        ("hidden-size = 0", "line 1: hidden-size: “0” is not between 1 and 10,000"),
        ("hidden-size = true", "line 1: hidden-size: a number, or a word in quotes"),
        ("hidden-size = [3]", "line 1: hidden-size: a number, or a word in quotes"),
        ("cell = 'tanh'", "line 1: cell: “tanh” is none of rnn, gru, lstm"),
        ("no-save = 'yes'", "line 1: no-save: true or false, without quotes"),
        ("temperature = nan", "line 1: temperature: “nan” is not above 0 and at most 100"),
        ("resume = 'run'", "line 1: resume is of one run, or of one call: it can only be typed"),
        ("[network]\ncell = 'gru'", "line 1: there is no option “network”"),
        ("dropout = 0.2\nseed = 1", "line 1: dropout: dropout is between layers"),
        ("seed = 1\nmomentum = 0.2", "line 2: momentum: momentum is of sgd only"),
        ("seed = 1\npatience = 2", "line 2: patience: --patience: nothing is measured without --held-out"),
    ],
)
def test_a_wrong_file_is_a_sentence_with_its_line(options, text, said):
    with pytest.raises(SettingsError) as error:
        options(text)
    assert said in str(error.value)


def test_charrnn_train_takes_it_and_says_what_is_wrong(tmp_path, monkeypatch, capsys):
    file, place = tmp_path / "settings.toml", tmp_path / "run.npz"
    file.write_text("hidden-size = 7\nsteps = 3\nquiet = true\nfps = 5\npanels = ['xray']\n")
    monkeypatch.setenv("CHARRNN_SETTINGS", str(file))
    assert main(["train", "--builtin", "echo", "--checkpoint", str(place)]) == 0
    assert read_checkpoint(place).settings.hidden_size == 7
    assert capsys.readouterr().out == ""
    file.write_text("hidden-size = 9\nsteps = 3\n")
    assert main(["train", "--resume", str(place), "--steps", "5", "--quiet"]) == 0
    assert read_checkpoint(place).settings.hidden_size == 7
    file.write_text("steps = -1\n")
    with pytest.raises(SystemExit) as end:
        main(["train", "--builtin", "echo"])
    said = capsys.readouterr()
    assert (end.value.code, said.out) == (2, "")
    assert said.err.startswith(f"charrnn train: “{file}”, line 1: steps: “-1” is not between 1 and ")
    assert said.err.count("\n") == 1


def test_every_line_of_the_example_may_stand_in_the_file(options, tmp_path, monkeypatch, capsys):
    path = tmp_path / "settings.toml"
    monkeypatch.setenv("CHARRNN_SETTINGS", str(path))
    assert main(["settings"]) == 0
    first, _, *lines = capsys.readouterr().out.splitlines()
    assert first == f"# {path}, which is not there yet"
    assert tomllib.loads("\n".join(lines)) == {}, "they are comments"
    values = [tomllib.loads(line.removeprefix("# ")) for line in lines]
    assert [(name, value) for line in values for name, value in line.items()] == [(n, example(n)) for n in meanings()]
    for line in lines:
        options("held-out = 0.1\n" * ("patience" in line) + line.removeprefix("# "))
    names = {a.option_strings[0].removeprefix("--") for a in training_parser("", "")._actions if a.option_strings}
    of_one = {"resume", "replay", "from", "anyway", "checkpoint", "log", "tensorboard"}
    assert names - set(meanings()) - of_one == {"-h", "list-builtin", "version", "no-settings"}
