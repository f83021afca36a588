"""The real command: in a pseudo-terminal, and with what is wrong with its input."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("pexpect", reason="pseudo-terminals are not for Windows")
if sys.platform == "win32":
    pytest.skip("pseudo-terminals are not for Windows", allow_module_level=True)

from terminal import PROGRAM, Terminal

from charrnn.core.files.checkpoint import TIMING
from charrnn.core.files.checkpoint_reader import read_checkpoint

STORY = "The clock was slow, and everybody knew it. " * 60


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    return path


@pytest.fixture
def run():
    """Starts programs in terminals, and ends those that a test leaves running."""
    terminals = []

    def start(*arguments, **options):
        terminals.append(Terminal(*map(str, arguments), **options))
        return terminals[-1]

    yield start
    for terminal in terminals:
        terminal.close()


ENDING = ("TERM", "HUP", "INT", "QUIT", "USR1")


def step_count(text):
    found = re.search(r"step +([\d,]+)", text)
    return int(found[1].replace(",", "")) if found else 0


def test_a_session_at_the_keyboard(run, corpus):
    t = run(corpus)
    t.until(lambda text: "training" in text and step_count(text) > 0)
    first = step_count(t.text)
    t.until(lambda text: step_count(text) > first)
    t.press("+")
    t.until(lambda text: "rate 0.2" in text and "rate 0.1 → 0.2" in text)
    t.press("-")
    t.until(lambda text: "rate 0.2 → 0.1" in text)
    t.press("r")
    t.until(lambda text: "memory reset" in text.splitlines()[2])
    t.press(" ")
    t.until(lambda text: "paused" in text)
    stopped = step_count(t.text)
    t.press(".")
    t.until(lambda text: step_count(text) == stopped + 1)
    t.press("?")
    t.until(lambda text: "What am I seeing?" in text)
    t.press("\x1b")
    t.until(lambda text: "What am I seeing?" not in text)
    assert step_count(t.text) == stopped + 1
    t.press("q")
    assert t.end() == 0
    assert t.restored
    assert re.search(rf"{stopped + 1:,} steps in .* steps/s\), smooth loss .*, .* bits/char$", t.last_lines, re.M)


@pytest.mark.parametrize("number", [getattr(signal, f"SIG{name}") for name in ENDING], ids=ENDING)
@pytest.mark.parametrize("paused", [False, True], ids=["training", "paused"])
def test_signals_end_it_with_the_terminal_restored(run, corpus, number, paused):
    t = run(corpus)
    t.until(lambda text: step_count(text) > 0)
    if paused:
        t.press(" ")
        t.until(lambda text: "paused" in text)
    t.child.kill(number)
    assert t.end() == 128 + number
    assert t.restored
    assert "steps in" in t.last_lines
    assert "Traceback" not in t.raw


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=["TERM", "KILL"])
def test_a_recording_is_whole_lines_whatever_ends_it(run, corpus, tmp_path, monkeypatch, number):
    monkeypatch.chdir(tmp_path)
    t = run(corpus, "--ascii")
    t.until(lambda text: step_count(text) > 0)
    t.press("\x12")
    t.until(lambda text: "recording 0:" in text)
    t.child.kill(number)
    assert t.end() == (-number if number == signal.SIGKILL else 128 + number)
    (path,) = tmp_path.glob("charrnn-story-step-*.cast")
    header, *events = map(json.loads, path.read_text(encoding="ascii").splitlines())
    assert (header["width"], header["height"]) == (120, 36)
    assert {event[1] for event in events} == {"o"}
    if number == signal.SIGTERM:
        assert events[-1][2].endswith("\x1b[?25h\x1b[36;1H")
        assert f"{path.name} written to" in t.last_lines


@pytest.mark.parametrize("sent", [b"\xff", b"\xe9a", b"\x1b[M\xff\xff\xff"], ids=["byte", "latin-1", "old mouse"])
def test_keys_that_are_no_text_are_passed_over(run, corpus, sent):
    t = run(corpus)
    t.until(lambda text: step_count(text) > 0)
    os.write(t.child.child_fd, sent)
    while "Pause first" not in t.text:  # what comes together with them is lost, too
        t.press(".")
        assert t.read()
    t.press("q")
    assert t.end() == 0
    assert t.restored
    assert "Traceback" not in t.raw


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=["TERM", "HUP"])
def test_a_signal_as_soon_as_the_screen_opens_leaves_the_terminal_restored(run, corpus, number):
    t = run(corpus)
    t.until(lambda _: "\x1b[?1049h" in t.raw)
    t.child.kill(number)
    assert t.end() == 128 + number
    assert t.restored


@pytest.mark.parametrize("keys", ["", "?", " "], ids=["training", "help", "paused"])
def test_a_terminal_that_vanishes_ends_the_program(run, corpus, keys):
    t = run(corpus)
    t.until(lambda text: step_count(text) > 0)
    t.press(keys)
    t.read()
    t.vanish()


def test_a_summary_that_nobody_takes_is_no_traceback(run, corpus):
    for where in ("/dev/full", "/dev/null"):
        t = run(corpus, "--steps", "20", before=f"exec 1>{where};")
        t.until(lambda text: "20 steps done" in text)
        t.press("q")
        assert t.end() == 0
        assert "Traceback" not in t.raw


def test_quitting_during_a_long_step_is_prompt(run, tmp_path):
    program = tmp_path / "slow.py"
    program.write_text(
        "import sys, threading\n"
        "from charrnn.core.training.session import TrainingSession\n"
        "from charrnn.tui import cli, watching\n"
        "TrainingSession.step = lambda self: threading.Event().wait()\n"
        "watching.STOP_PATIENCE = 0.1\n"
        "sys.exit(cli.main(['--seed', '3']))\n"
    )
    t = run(program, program=sys.executable)
    t.until(lambda text: "training" in text)
    t.press("q")
    assert t.end() == 0
    assert "0 steps in" in t.last_lines


def test_ctrl_c_quits(run, corpus):
    t = run(corpus)
    t.until(lambda text: step_count(text) > 0)
    t.press("\x03")
    assert t.end() == 0
    assert t.restored


def test_without_a_corpus_it_trains_on_its_own_and_says_so(run):
    t = run("--steps", "40")
    t.until(lambda text: "paused" in text and "40 steps done" in text and "prose (built in)" in text.splitlines()[0])
    assert step_count(t.text) == 40


def test_a_corpus_from_standard_input_leaves_the_keyboard_to_the_person(run, corpus):
    t = run("-", before=f"cat '{corpus}' |")
    t.until(lambda text: step_count(text) > 0 and "standard input" in text.splitlines()[0])
    t.press(" ")
    t.until(lambda text: "paused" in text)
    t.press("q")
    assert t.end() == 0
    assert t.restored


def test_hostile_text_and_a_hostile_name_reach_the_terminal_as_pictures(run, tmp_path):
    path = tmp_path / "[bold]\x1b]0;owned\x07.txt"
    controls = "".join(map(chr, [*range(32), *range(127, 160)]))
    wild = "[/]\x1b]0;owned\x07\x1b]52;c;eA==\x07\x1b[31m\x1b[2J\x9b5n\t[red] \u202e\u2066\u200d\n\u0301words\n"
    path.write_bytes((wild + controls).encode() * 30)
    t = run(path, "--steps", "150")
    t.until(lambda text: "150 steps done" in text and "[bold]␛]0;owned␇.txt" in text.splitlines()[0])
    t.press("q")
    assert t.end() == 0
    assert "\x1b]0;owned" not in t.raw
    assert "\x1b]52" not in t.raw
    unwanted = {"\x07", "\0", "\u202e", "\u2066", "\u200d", *map(chr, range(128, 160))}
    pointer = re.compile(r"\x1b\]22;\w+\x07")  # Textual's own, for the shape of the mouse pointer
    assert not set(pointer.sub("", t.raw)) & unwanted
    again = run("--resume")
    again.until(lambda text: "training" in text)
    again.press("rb+u")
    again.until(lambda text: "undone" in text)
    again.press("q")
    assert again.end() == 0
    assert "\x1b]0;owned" not in again.raw
    assert not set(pointer.sub("", again.raw)) & unwanted


def test_every_size_and_quick_resizing_are_survived(run, corpus):
    t = run(corpus)
    t.until(lambda text: step_count(text) > 0)
    for size in [(20, 5), (200, 50), (1, 1), (80, 24), (20, 5), (60, 10), (120, 36)]:
        t.resize(*size)
    t.until(lambda text: "Sample" in text and "Window" in text)
    t.press("q")
    assert t.end() == 0


def test_a_failing_trainer_is_reported_after_the_screen_has_closed(run, corpus, tmp_path):
    program = tmp_path / "broken.py"
    program.write_text(
        "import sys\n"
        "from charrnn.core.training.session import TrainingSession\n"
        "from charrnn.tui.cli import main\n"
        "def step(self): raise MemoryError('no \\x1b[31mroom')\n"
        "TrainingSession.step = step\n"
        "sys.exit(main())\n"
    )
    t = run(program, corpus, program=sys.executable)
    assert t.end() == 1
    assert "charrnn-tui: training failed: MemoryError: no ␛[31mroom" in t.last_lines
    assert "Traceback" not in t.raw


def test_an_error_in_the_screen_costs_no_training(run, corpus, tmp_path):
    program, place = tmp_path / "broken.py", tmp_path / "run.npz"
    program.write_text(
        "import sys\n"
        "from charrnn.tui.panels.window.panel import WindowPanel\n"
        "from charrnn.tui.cli import main\n"
        "show = WindowPanel.show\n"
        "def broken(self, view, step):\n"
        "  if step: raise RuntimeError('the screen is broken')\n"
        "WindowPanel.show = broken\n"
        "sys.exit(main())\n"
    )
    t = run(program, corpus, "--checkpoint", place, program=sys.executable)
    assert t.end() == 1
    assert t.restored
    step = read_checkpoint(place).state.step
    assert step > 0
    assert f"saved at step {step:,}; to go on: charrnn-tui --resume {place}" in " ".join(t.last_lines.split("\n"))


def arrays(path):
    with np.load(path, allow_pickle=False) as stored:
        values = {name: stored[name] for name in stored.files if name != TIMING}
    return {name: value if isinstance(value, bytes) else value.tobytes() for name, value in values.items()}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_run_moves_between_the_app_and_the_command_line_bit_for_bit(run, corpus, tmp_path, dtype):
    straight, there, back = (tmp_path / f"{name}.npz" for name in ("straight", "there", "back"))
    options = ("--dtype", dtype, "--hidden-size", "40")
    charrnn = str(Path(PROGRAM).with_name("charrnn"))

    def in_app(*arguments):
        t = run(*arguments)
        t.until(lambda text: "paused" in text and "steps done" in text)
        t.press("q")
        assert t.end() == 0

    def on_command_line(*arguments):
        subprocess.run([charrnn, "train", *arguments], check=True, capture_output=True)

    on_command_line(corpus, "--checkpoint", straight, "--steps", "400", *options)
    in_app(corpus, "--checkpoint", there, "--steps", "200", *options)
    on_command_line("--resume", there, "--steps", "400")
    on_command_line(corpus, "--checkpoint", back, "--steps", "200", *options)
    in_app("--resume", back, "--steps", "400")
    assert arrays(straight) == arrays(there) == arrays(back)
    assert len(arrays(straight)) >= 15


def complaint(*arguments, command=(PROGRAM,), said_out=b"", code=2, **options):
    """What the program says, without a screen, when it is run with bad input: in a terminal for its standard error."""
    master, slave = os.openpty()
    try:
        options = {"stdin": slave, **options}
        command = [*command, *map(str, arguments)]
        done = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=slave, **options)
        out = done.communicate(timeout=60)[0]
        os.set_blocking(master, False)
        said = b""
        while True:
            try:
                said += os.read(master, 1 << 16)
            except (BlockingIOError, OSError):
                break
    finally:
        os.close(slave)
        os.close(master)
    assert (done.returncode, out) == (code, said_out)
    text = said.decode().replace("\r\n", "\n")
    assert "\x1b" not in text
    for line in text.splitlines():
        assert line.startswith("charrnn-tui: ")
    return text


ONE_BY_ONE = """
import json, sys
from charrnn.tui import cli
for arguments in json.loads(sys.argv[1]):
    try:
        sys.exit(cli.main(arguments))
    except SystemExit as end:
        print(end.code)
"""


def complaints(*cases):
    """The one sentence that is said of each, in one process: to start one for each would take most of the time."""
    given = json.dumps([list(map(str, case)) for case in cases])
    python = (sys.executable, "-P", "-c", ONE_BY_ONE)
    said = complaint(given, command=python, said_out=b"2\n" * len(cases), code=0).splitlines()
    assert len(said) == len(cases), said
    return said


def test_bad_input_is_one_sentence_before_the_screen_opens(tmp_path):
    story = STORY.encode()
    table = [
        (b"", [], "is empty"),
        (b"\xef\xbb\xbf", [], "is empty"),
        (b"short", [], "too short: it has 5 characters, and a window of 25 with its targets needs 26"),
        (b"x" * 500, [], "only one distinct character"),
        (b"fine so far \xff\xfe", [], "not UTF-8 text: line 1, byte 12 can't be decoded"),
        (story, ["--seq-length", "5000"], "too short"),
        (story, ["--learning-rate", "nan"], "above 0"),
        (story, ["--hidden-size", "0"], "between 1 and 10,000"),
        (story, ["--rival", "--cell foo"], "argument --rival: --cell: invalid choice: 'foo'"),
        (story, ["--rival", "--seq-length=5000"], "argument --rival: corpus7 is too short"),
        (story, ["--rival", "--seed 1"] * 4, "argument --rival: at most 3 can be trained beside this run"),
    ]
    cases = []
    for number, (content, options, _) in enumerate(table, -2):
        path = tmp_path / f"corpus{number}"
        path.write_bytes(content)
        cases.append([path, *options])
    for (_, _, sentence), said in zip(table, complaints(*cases), strict=True):
        assert sentence in said


def test_files_that_cannot_be_read_are_one_sentence(tmp_path):
    missing, folder, device, nothing = complaints([tmp_path / "missing"], [tmp_path], ["/dev/zero"], [""])
    assert "there is no file" in missing
    assert "there is no text file in the folder" in folder
    assert device == "charrnn-tui: “/dev/zero” is a device, not a text file"
    assert "there is no file “”" in nothing


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_without_permission_is_one_sentence(tmp_path):
    path = tmp_path / "secret"
    path.write_text(STORY)
    path.chmod(0)
    assert "may not be read" in complaint(path)


def test_a_lesson_that_is_none_is_one_sentence_before_the_screen_opens(tmp_path, corpus):
    (tmp_path / "bad.toml").write_text('title = "A"\nabout = "B"\n[[steps]]\ndo = "C"\nwhen = "pausd"\n')
    own, unknown, folder, size, text, resumed = complaints(
        ["--lesson", tmp_path / "bad.toml"],
        ["--lesson", "clok"],
        ["--lesson", tmp_path],
        ["--lesson", "clock", "--hidden-size", "7"],
        [corpus, "--lesson", "clock"],
        ["--lesson", "clock", "--resume"],
    )
    assert "bad.toml”: step 1: “pausd” is no fact; did you mean “paused”?" in own
    assert "there is no lesson “clok”" in unknown
    assert "this is a folder" in folder
    beside = "a lesson has a text and options of its own: leave"
    for what, said in (("--hidden-size", size), ("CORPUS", text), ("--resume", resumed)):
        assert f"{beside} {what} out" in said


def test_a_lesson_is_followed_by_another_one_and_both_runs_are_saved(run, tmp_path):
    (tmp_path / "own.txt").write_text(STORY)
    options = 'text = "own.txt"\n[options]\nhidden-size = 8\nsteps = 30\n'
    step = '[[steps]]\ndo = "See it done"\nlook = "at that"\nwhen = "paused and step >= 30"\n'
    (tmp_path / "own.toml").write_text(f'title = "Mine"\nabout = "B"\n{options}{step}')
    t = run("--lesson", tmp_path / "own.toml")
    t.until(lambda text: "All of it is done." in text and "own.txt" in text and "8 units" in text)
    t.press("\x0c")
    t.until(lambda text: "Which lesson?" in text)
    t.press("\x1b[B\r")  # below it stands “Leave the lesson”
    t.until(lambda text: "Lesson 1 of 10" in text and "100 units" in text and step_count(text) > 0)
    t.press("q")
    assert t.end() == 0
    assert t.restored
    assert len(re.findall(r"saved at step [\d,]+; to go on: charrnn-tui --resume", t.last_lines)) == 2


def test_without_a_keyboard_it_says_what_to_do(corpus):
    assert "give - as the corpus" in complaint(corpus, stdin=subprocess.DEVNULL)
    read, write = os.pipe()
    os.write(write, STORY.encode())
    os.close(write)
    assert "save the text to a file" in complaint("-", stdin=read, start_new_session=True)
    os.close(read)
    assert "is empty" in complaint("-", stdin=subprocess.DEVNULL)


def test_without_a_screen_it_says_what_to_do(corpus):
    assert "can't show a screen" in complaint(corpus, env={**os.environ, "TERM": "dumb"})
    assert "COLUMNS says 5000" in complaint(corpus, env={**os.environ, "COLUMNS": "5000"})
    done = subprocess.run([PROGRAM, corpus], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "not a terminal to draw on" in done.stderr
    assert done.stderr.count("\n") == 1


def test_output_may_be_piped_while_the_screen_is_drawn(run, corpus, tmp_path):
    t = run(corpus, "--steps", "20", before="exec 1>'" + str(tmp_path / "out") + "';")
    t.until(lambda text: "20 steps done" in text and "Quit" in text.splitlines()[-1])
    t.press("q")
    assert t.end() == 0
    assert (tmp_path / "out").read_text().startswith("20 steps in")


def test_help_and_version_need_no_terminal():
    for option in ("--help", "--version"):
        done = subprocess.run(
            [PROGRAM, option], capture_output=True, text=True, timeout=60, check=True, stdin=subprocess.DEVNULL
        )
        assert "charrnn-tui" in done.stdout
        assert done.stderr == ""


def test_where_the_screen_fails_the_run_is_saved_and_one_sentence_says_what(tmp_path):
    code = """if True:
        import sys
        from charrnn.tui import cli
        from charrnn.tui.screens.help import HelpScreen

        def compose(self):
            raise RuntimeError("no room for [b]help[/b]")
            yield

        HelpScreen.compose = compose
        sys.exit(cli.main(["--builtin", "echo", "--checkpoint", sys.argv[1]]))
    """
    t = Terminal("-P", "-c", code, str(tmp_path / "run.npz"), program=sys.executable)
    t.until(lambda text: step_count(text) > 0)
    t.press("?")
    assert t.end() == 1
    assert t.restored
    assert "charrnn-tui: the screen failed: RuntimeError at <string>:" in t.last_lines
    assert ": no room for [b]help[/b]" in t.last_lines
    assert "Traceback" not in t.raw
    assert read_checkpoint(tmp_path / "run.npz").state.step > 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no job control")
def test_it_can_be_suspended_and_comes_back(corpus):
    t = Terminal("--norc", program="/bin/bash")
    t.press(f"{PROGRAM} {corpus} --no-save\n")
    t.until(lambda text: step_count(text) > 0)
    t.press("\x1a")
    t.until(lambda text: "Stopped" in text)
    t.press("echo $((6*7)) fine\n")
    t.until(lambda text: "42 fine" in text)
    t.press("fg\n")
    t.until(lambda text: step_count(text) > 0)
    t.press("q")
    t.until(lambda text: "steps in" in text)
    t.press("exit\n")
    assert t.end() == 0


@pytest.mark.parametrize(
    ("options", "environment"),
    [(["--ascii"], {}), ([], {"TERM": "linux"}), ([], {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})],
    ids=["asked", "console", "stream"],
)
def test_the_screen_is_drawn_in_ascii_where_nothing_else_can_be(run, corpus, options, environment):
    t = run(corpus, "--no-save", "--steps", "150", *options, environment=environment)
    t.until(lambda text: "150 steps done" in text and "even guessing" in text)
    t.press("5")
    t.until(lambda text: "X-ray" in text)
    t.press("q")
    assert t.end() == 0
    assert t.raw.isascii()
    assert "\\u" not in t.raw


@pytest.mark.parametrize("variable", ["TEXTUAL_COLOR_SYSTEM=bad", "TEXTUAL_DRIVER=nosuch:X", "TEXTUAL_LOG=/nosuch/log"])
def test_a_variable_that_is_wrong_is_named(run, corpus, variable):
    name, _, value = variable.partition("=")
    t = run(corpus, "--no-save", environment={name: value})
    assert t.end() == 2
    assert f"it may be that {name} is wrong" in t.raw
    assert "Traceback" not in t.raw


@pytest.mark.parametrize(("given", "ssh", "fps"), [([], False, 10), ([], True, 2), (["--fps", "7"], True, 7)])
def test_over_ssh_it_draws_less_often_unless_it_is_told(given, ssh, fps, monkeypatch):
    from charrnn.tui import cli, watching
    from charrnn.tui.terminal import terminal

    for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    if ssh:
        monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22")
    asked = []

    class Noted(watching.CharRNNApp):
        def __init__(self, *arguments, **options):
            asked.append(options["fps"])
            super().__init__(*arguments, **options)

        def run(self, *_, **__):
            pass

    monkeypatch.setattr(watching, "CharRNNApp", Noted)
    monkeypatch.setattr(terminal, "require_screen", lambda: None)
    monkeypatch.setattr(terminal, "require_keyboard", lambda **_: None)
    cli.main(["--no-save", *given])
    assert asked == [fps]


def test_a_begins_the_other_way_in_a_run_of_its_own(run):
    t = run("--builtin", "dates", "--hidden-size", "10")
    t.until(lambda text: step_count(text) > 3)
    t.press("a")
    t.until(lambda text: "Start again without attention?" in text and "saved" in text)
    t.press("\r")
    t.until(lambda text: "attention off" in text and step_count(text) > 3)
    t.press("q")
    assert t.end() == 0
    assert t.restored
    assert "Traceback" not in t.raw
    assert len(set(re.findall(r"--resume (\S+)", t.raw))) == 2, "each has a folder of its own"


@pytest.mark.parametrize(("number", "wait"), [(signal.SIGTERM, 0.0), (signal.SIGHUP, 0.3)])
def test_a_signal_between_two_screens_ends_it_all_with_both_runs_told_of(run, number, wait):
    t = run("--builtin", "dates", "--hidden-size", "8", "--streams", "2")
    t.until(lambda text: step_count(text) > 3)
    t.press("a")
    t.until(lambda text: "Start again without attention?" in text)
    t.press("\r")
    t.until(lambda _: "\x1b[?1049l" in t.raw)
    end = time.monotonic() + wait
    while time.monotonic() < end:
        t.read()
    t.child.kill(number)
    assert t.end() == 128 + number
    assert t.restored
    told = re.findall(r"steps? in ", t.raw)
    assert len(told) == t.raw.count("\x1b[?1049h"), "of each run that was shown"
    assert "Traceback" not in t.raw


def test_ctrl_n_begins_another_run_with_options_of_its_own(run, corpus, tmp_path):
    log = tmp_path / "run.jsonl"
    t = run(corpus, "--hidden-size", "10", "--steps", "40", "--log", log)
    t.until(lambda text: "paused" in text)
    t.press("\x0e")
    t.until(lambda text: "New run" in text and "is saved, and left" in text and "--hidden-size 10" in text)
    t.press("\x1b[C\x1b[C\x1b[C")
    t.until(lambda text: "charrnn-tui --builtin sentences --steps 40" in text)
    t.press("\x1b[B\x1b[B\x1b[C")
    t.until(lambda text: "charrnn-tui --builtin dates --steps 40" in text)
    t.press("\r")
    t.until(lambda text: "dates (built in)" in text.splitlines()[0] and "paused" in text and step_count(text) == 40)
    t.press("q")
    assert t.end() == 0
    assert t.restored
    assert "Traceback" not in t.raw
    assert len(set(re.findall(r"saved at step 40; .*--resume (\S+)", t.raw))) == 2, "each has a folder of its own"
    assert log.read_text().count('"kind": "run"') == 1, "the log is that of the run that was left"


def test_share_prints_the_line_and_opens_no_screen(corpus):
    def share(*words, **how):
        return subprocess.run(
            [PROGRAM, "--share", *map(str, words)], capture_output=True, text=True, check=False, **how
        )

    done = share(corpus, "--preset", "modern", "--cell", "gru", "--seconds", "60", "--no-save", "--log", "x.jsonl")
    assert (done.stdout, done.stderr) == (f"charrnn-tui {corpus} --preset modern --seconds 60\n", "")
    assert done.returncode == 0
    beside = share(corpus, "--rival", "--cell gru --streams 4")
    assert beside.stdout == f"charrnn-tui {corpus} --rival '--cell gru --streams 4'\n"
    for words, said in (
        (["nowhere.txt"], "there is no file"),
        ([corpus, "--rival", "--cell foo"], "argument --rival: --cell"),
    ):
        wrong = share(*words)
        assert (wrong.returncode, wrong.stdout) == (2, "")
        assert said in wrong.stderr
    refused = share("-", input=STORY)
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert refused.stderr == "charrnn-tui: a piped text can't be named elsewhere: save it to a file, and name that\n"


@pytest.mark.parametrize("way", ["q", "kill"])
def test_rivals_end_with_the_program_whatever_ends_it_and_are_saved(run, corpus, tmp_path, state_folder, way):
    own = tmp_path / "own"
    own.mkdir()
    options = ("--rival", "--cell gru", "--checkpoint", tmp_path / "ours.npz")
    t = run(corpus, "--hidden-size", "5", *options, environment={"TMPDIR": str(own)})
    t.until(lambda text: re.search(r"cell +RNN 5 +GRU 5", text) and re.search(r"step +[\d,]+ +[1-9]", text))
    if way == "q":
        t.press("q")
        assert t.end() == 0
        assert re.search(r"^rival \(--cell gru\): saved at step", t.last_lines, re.M)
    else:
        t.child.kill(signal.SIGKILL)
        assert t.end() == -signal.SIGKILL
    end = time.monotonic() + 30
    while any(own.iterdir()) and time.monotonic() < end:  # the rival tidies up last of all
        t.read()
    assert not any(own.iterdir())
    (saved,) = (state_folder / "charrnn" / "runs").glob("*/checkpoint.npz")
    checkpoint = read_checkpoint(saved)
    assert checkpoint.settings.cell == "gru"
    assert checkpoint.state.step > 0
