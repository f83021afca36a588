"""Completion, asked of the shells themselves."""

import shutil
import subprocess
from contextlib import redirect_stdout

import pytest

from charrnn.core.cli.commands.main import main
from charrnn.tui.cli import main as main_of_screen

MAINS = {"charrnn": main, "charrnn-tui": main_of_screen}
# What bash does when Tab is pressed: it sets the words, calls the function, and takes what that found.
ASK = """
source "$1"; shift
program="$1"
COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
function=$(complete -p "$program" | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
COMPREPLY=()
"$function" "$program" "${!#}" "" 2>/dev/null
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture(scope="module")
def scripts(tmp_path_factory):
    """What each program prints for a shell, as a file."""
    pytest.importorskip("shtab", reason="the extra completion isn't installed")
    made = {}

    def script(program, shell):
        if (program, shell) not in made:
            path = tmp_path_factory.mktemp("completion") / "script"
            with path.open("w") as file, redirect_stdout(file), pytest.raises(SystemExit, match="0"):
                MAINS[program](["--print-completion", shell])
            made[program, shell] = path
        return made[program, shell]

    return script


@pytest.fixture
def complete(scripts, tmp_path):
    """What bash finds for the last of the words."""
    if not shutil.which("bash"):
        pytest.skip("bash isn't installed")

    def ask(*words):
        line = ["bash", "--norc", "-c", ASK, "bash", str(scripts(words[0], "bash")), *words]
        done = subprocess.run(line, capture_output=True, text=True, check=True, timeout=30, cwd=tmp_path)
        return set(done.stdout.split())

    return ask


def test_bash_completes_commands_options_and_names(complete):
    assert complete("charrnn", "tr") == {"train"}
    assert {"train", "sample", "export", "settings"} <= complete("charrnn", "")
    assert complete("charrnn", "train", "--hidd") == {"--hidden-size"}
    assert complete("charrnn", "train", "--cell", "") == {"rnn", "gru", "lstm"}
    assert complete("charrnn-tui", "--builtin", "pr") == {"prose", "programs"}
    assert complete("charrnn-tui", "--print-completion", "z") == {"zsh"}


def test_bash_completes_files_and_folders_where_an_option_takes_them(complete, tmp_path):
    (tmp_path / "poems.txt").touch()
    (tmp_path / "places").mkdir()
    assert "poems.txt" in complete("charrnn-tui", "po")
    for option in ("--log", "--replay", "--checkpoint", "--compare"):
        assert "poems.txt" in complete("charrnn-tui", option, "po"), option
    assert "poems.txt" in complete("charrnn", "plot", "po")
    assert complete("charrnn", "train", "--tensorboard", "p") & {"places", "places/"}
    assert "poems.txt" not in complete("charrnn", "train", "--tensorboard", "p")


@pytest.mark.parametrize("program", MAINS)
@pytest.mark.parametrize("shell", ["zsh", "tcsh"])
def test_other_shells_get_a_script_that_they_can_read(scripts, program, shell):
    path = scripts(program, shell)
    assert "--hidden-size" in path.read_text() or "hidden-size" in path.read_text()
    if shutil.which(shell):
        subprocess.run([shell, "-n", str(path)], check=True, timeout=30)


@pytest.mark.parametrize("program", MAINS)
def test_where_the_extra_is_missing_and_where_there_is_no_such_shell_that_is_said(program, monkeypatch, capsys):
    monkeypatch.setattr("charrnn.core.extras.find_spec", lambda _: None)
    for shell, said in (("bash", "the extra “completion”: pip install 'charrnn-tui[completion]'"), ("ksh", "'bash'")):
        with pytest.raises(SystemExit) as end:
            MAINS[program](["--print-completion", shell])
        assert end.value.code == 2
        err = capsys.readouterr().err
        assert said in err
        assert err.count("\n") == 1
