"""The command `charrnn`, as a person types it."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from charrnn.core.cli.commands.main import main
from charrnn.core.files.checkpoint import TIMING
from charrnn.core.files.checkpoint_reader import read_checkpoint

PROGRAM = str(Path(sys.executable).parent / "charrnn")
STORY = "The clock was slow, and everybody knew it. " * 60


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    return path


def run(*arguments, **options):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, timeout=60, check=False, **options)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def arrays(path):
    with np.load(path, allow_pickle=False) as stored:
        values = {name: stored[name] for name in stored.files if name != TIMING}
    return {name: value if isinstance(value, bytes) else value.tobytes() for name, value in values.items()}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_two_thousand_steps_are_one_thousand_and_one_thousand_more(corpus, tmp_path, dtype):
    one, two = tmp_path / "one.npz", tmp_path / "two.npz"
    options = ("--dtype", dtype, "--hidden-size", "30")
    assert run("train", corpus, "--steps", "2000", "--checkpoint", one, *options)[0] == 0
    assert run("train", corpus, "--steps", "1000", "--checkpoint", two, *options)[0] == 0
    assert arrays(one) != arrays(two)
    code, out, err = run("train", "--resume", two, "--steps", "2000")
    assert (code, err) == (0, "")
    assert arrays(one) == arrays(two)
    assert len(arrays(one)) >= 15
    *_, last = out.splitlines()
    assert last == f"saved at step 2,000; to go on: charrnn train --resume {two}"


def test_without_a_name_it_goes_on_with_the_newest_run_and_runs_lists_it(corpus):
    assert "No run has been saved yet" in run("runs")[1]
    run("train", corpus, "--steps", "120")
    out = run("train", corpus, "--resume", "--steps", "180")[1]
    assert "180 steps in" in out
    name = re.search(r"^(\S+-story-\S+) +180 ", run("runs")[1], re.M)[1]
    assert "180 steps" in run("info", name)[1]


def test_quiet_says_nothing_and_no_save_saves_nothing(corpus, state_folder):
    assert run("train", corpus, "--steps", "50", "--quiet", "--no-save") == (0, "", "")
    assert not list(state_folder.iterdir())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_saves_and_says_how_to_go_on(corpus, tmp_path, number):
    place = tmp_path / "run.npz"
    before = signal.signal(number, signal.SIG_DFL)  # the tests may run where it is ignored, as in the background
    child = subprocess.Popen(
        [PROGRAM, "train", corpus, "--checkpoint", place, "--autosave", "0.01"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    signal.signal(number, before)
    while not place.exists():
        assert child.poll() is None
    child.send_signal(number)
    out, err = child.communicate(timeout=60)
    assert child.returncode == 128 + number
    assert err == b""
    step = read_checkpoint(place).state.step
    assert f"saved at step {step:,}; to go on: charrnn train --resume {place}" in out.decode().splitlines()[-1]


def test_a_save_that_fails_is_said_and_costs_no_training(corpus, tmp_path):
    resource = pytest.importorskip("resource")
    place = tmp_path / "run.npz"
    run("train", corpus, "--steps", "100", "--checkpoint", place)
    old = place.read_bytes()

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    code, out, err = run("train", "--resume", place, "--steps", "300", preexec_fn=limit)
    assert code == 1
    assert "300 steps in" in out
    assert err.startswith("charrnn train: not saved to ")
    assert "larger than the system allows" in err
    assert err.count("\n") == 1
    assert place.read_bytes() == old


def test_a_closed_standard_output_costs_nothing(corpus, tmp_path):
    place = tmp_path / "run.npz"
    line = f"{PROGRAM} train {corpus} --steps 200 --checkpoint {place} >&-"
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, check=True)
    assert done.stderr == b""
    assert read_checkpoint(place).state.step == 200
    done = subprocess.run(["/bin/sh", "-c", f"{PROGRAM} sample {place} >&-"], capture_output=True)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_a_hangup_that_is_ignored_stays_ignored(corpus, tmp_path):
    place = tmp_path / "run.npz"
    child = subprocess.Popen(
        ["nohup", PROGRAM, "train", corpus, "--steps", "6000", "--checkpoint", place, "--autosave", "0.05", "--quiet"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while not place.exists():
        assert child.poll() is None
    child.send_signal(signal.SIGHUP)
    assert child.wait(60) == 0
    assert read_checkpoint(place).state.step == 6000


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("command", ["info", "sample", "runs"])
def test_output_that_cannot_be_written_is_one_sentence(checkpoint, command):
    run("train", "--steps", "5")
    with open("/dev/full", "wb") as full:
        arguments = [PROGRAM, command] if command == "runs" else [PROGRAM, command, checkpoint]
        done = subprocess.run(arguments, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert b"can't be written" in done.stderr


def test_an_encoding_without_the_characters_is_no_obstacle(tmp_path):
    corpus, place = tmp_path / "中文.txt", tmp_path / "run.npz"
    corpus.write_text("中文字符，" * 60)
    run("train", corpus, "--steps", "120", "--checkpoint", place)
    for arguments in (("info", place), ("runs",), ("sample", place)):
        code, _, err = run(*arguments, env={**os.environ, "PYTHONIOENCODING": "ascii"})
        assert (code, err) == (0, "")


@pytest.fixture
def checkpoint(corpus, tmp_path):
    place = tmp_path / "run.npz"
    run("train", corpus, "--steps", "300", "--checkpoint", place, "--hidden-size", "20")
    return place


def test_a_sample_is_drawn_as_asked(checkpoint):
    code, text, err = run("sample", checkpoint, "--length", "80", "--seed", "4")
    assert (code, len(text), err) == (0, 80, "")
    assert set(text) <= set(STORY)
    assert run("sample", checkpoint, "--length", "80", "--seed", "4")[1] == text
    assert run("sample", checkpoint, "--length", "80", "--seed", "5")[1] != text
    assert run("sample", checkpoint, "--length", "80", "--seed", "4", "--prime", "The ")[1] != text
    assert run("sample", checkpoint, "--length", "0")[1] == ""


def test_a_prime_of_unknown_characters_names_them(checkpoint):
    code, out, err = run("sample", checkpoint, "--prime", "Über \x1b[31m")
    assert (code, out) == (2, "")
    assert "the vocabulary has no 1 3 [ m Ü ␛" in err or all(c in err for c in "Ü␛")
    assert "\x1b" not in err


def test_a_sample_is_raw_in_a_pipe_and_visible_on_a_terminal(tmp_path):
    pexpect = pytest.importorskip("pexpect")
    corpus, place = tmp_path / "wild.txt", tmp_path / "run.npz"
    controls = "".join(map(chr, [*range(32), *range(127, 160)]))
    wild = controls + "\x1b]0;title\x07\x1b]52;c;eA==\x07\x1b[31m\u202a\u202e\u2066\u2069\u200d\u0301[bold]a[/]\r\n"
    corpus.write_bytes((wild * 20).encode())
    run("train", corpus, "--steps", "400", "--checkpoint", place)
    raw = subprocess.run(
        [PROGRAM, "sample", place, "--length", "300", "--seed", "1"], capture_output=True, check=True
    ).stdout.decode()
    assert "\x1b" in raw
    assert len(raw) == 300
    child = pexpect.spawn(PROGRAM, ["sample", str(place), "--length", "300", "--seed", "1"], encoding="utf-8")
    shown = child.read().replace("\r\n", "\n")
    assert not set(shown) & (set(controls) - {"\n"} | set("\u202a\u202e\u2066\u2069\u200d"))
    assert "␛" in shown
    assert "\n\u0301" not in shown


def test_info_says_what_a_run_is_without_obeying_it(tmp_path):
    corpus, place = tmp_path / "a\x1b]0;x\x07[red]\n.txt", tmp_path / "run.npz"
    corpus.write_text("to be or \x1b[31m not [/]\u202e " * 30)
    run("train", corpus, "--steps", "250", "--checkpoint", place)
    code, out, err = run("info", place)
    assert (code, err) == (0, "")
    for part in ("H 100, T 25, float32, seed 0", "250 steps", "bits/char", "SHA-256", "step 200"):
        assert part in out
    assert not set(out) & {"\x1b", "\x07", "\u202e"}
    run("train", corpus, "--steps", "10")
    assert not set(run("runs")[1]) & {"\x1b", "\x07"}


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nonsense",),
        ("train", "nowhere.txt"),
        ("train", "--steps", "0"),
        ("train", "--resume", "nowhere.npz"),
        ("train", "--resume"),
        ("train", "--checkpoint", "x.npz", "--no-save"),
        ("train", "--autosave", "0"),
        ("sample",),
        ("sample", "nowhere.npz"),
        ("sample", "x\x1b[31m.npz"),
        ("info", "/dev/null"),
        ("info", "a" * 300),
        ("train", "--checkpoint", "a" * 300),
        ("train", "--resume", "a" * 300),
        ("train", "--checkpoint", ""),
        ("train", "--resume", "loop"),
        ("train", "--checkpoint", "loop"),
        ("info", "/"),
        ("runs", "extra"),
    ],
    ids=lambda arguments: " ".join(arguments)[:30],
)
def test_bad_input_is_one_sentence_and_exit_code_2(arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    out, err = capsys.readouterr()
    assert (caught.value.code, out) == (2, "")
    assert err.startswith("charrnn")
    assert err.count("\n") == 1
    assert err[:-1].isprintable()


def test_help_has_examples_and_python_can_run_it_as_a_module():
    for arguments in (("--help",), ("train", "--help"), ("sample", "--help")):
        code, out, _ = run(*arguments)
        assert code == 0
        assert "examples:" in out
    done = subprocess.run([sys.executable, "-m", "charrnn.core", "--version"], capture_output=True, text=True)
    assert done.stdout.startswith("charrnn ")


def test_on_a_terminal_a_bar_shows_how_far_it_is(corpus):
    pexpect = pytest.importorskip("pexpect")
    env = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80"}
    child = pexpect.spawn(PROGRAM, ["train", str(corpus), "--steps", "6000"], encoding="utf-8", env=env, timeout=60)
    child.expect(r"of 6,000 · \d\.\d\d bits/char")
    child.expect("6,000 steps in")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_a_sample_of_the_newest_run_needs_no_name_and_at_0_is_greedy(corpus):
    run("train", corpus, "--steps", "300", "--quiet")
    one, two = (run("sample", "--temperature", "0", "--length", "40", "--seed", seed) for seed in ("1", "2"))
    assert one == two
    assert one[0] == 0
    assert len(one[1]) == 40
    assert "300 steps" in run("info")[1]


def test_a_wrong_option_points_to_the_help_of_its_own_command():
    assert run("train", "--nosuch")[2] == "charrnn train: unrecognized arguments: --nosuch (see charrnn train --help)\n"
    assert run("--nosuch", "runs")[0] == 2


def test_a_text_is_named_in_the_same_ways_to_be_checked(corpus, tmp_path):
    (tmp_path / "latin").write_bytes("schöne Straße ".encode("cp1252") * 20)
    for text in (("--builtin", "echo"), (corpus, tmp_path / "latin", "--encoding", "cp1252")):
        code, out, err = run("check", *text, "--steps", "20", "--hidden-size", "8", "--entries", "5")
        assert (code, err) == (0, "")
        assert "All agree" in out
    assert "not allowed with CORPUS" in run("check", corpus, "--builtin", "echo")[2]


def test_anyway_is_offered_only_where_it_helps(corpus, tmp_path):
    place, other = tmp_path / "run.npz", tmp_path / "other.txt"
    run("train", corpus, "--steps", "20", "--checkpoint", place)
    other.write_text(STORY + "the clock")
    assert "(--anyway goes on with it)" in run("train", other, "--resume", place)[2]
    other.write_text(STORY + "QUX")
    said = run("train", other, "--resume", place)[2]
    assert "--anyway" not in said
    assert "with characters that the network doesn't know" in said


def test_every_default_in_the_help_may_be_given(corpus):
    text = run("train", "--help")[1]
    options = re.findall(r"(--[a-z-]+) [A-Z{][^-]*?\(default:\s+([^\s)]+)\)", text, re.S)
    assert len(options) >= 9
    for option, default in options:
        assert run("train", corpus, "--steps", "1", "--no-save", option, default)[0] == 0, option


def test_where_nothing_can_be_saved_it_is_said_before_the_training(tmp_path, capsys, monkeypatch):
    (tmp_path / "home").write_text("a file where a folder should be")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home"))
    assert main(["train", "--builtin", "echo", "--steps", "3", "--quiet"]) == 1
    first = capsys.readouterr().err.splitlines()[0]
    assert "not saved to" in first
    assert "training goes on" in first


def test_a_run_that_gets_no_better_ends_and_says_why_and_where_its_best_state_is(tmp_path, capsys):
    text = tmp_path / "tale.txt"
    text.write_text("The clock was slow. " * 200 + "xyz" * 300)  # what is held out has letters of its own
    assert main(["train", str(text), "--held-out", "0.2", "--patience", "2", "--steps", "9000"]) == 0
    said = capsys.readouterr().out
    assert "2 measurements without a better one than " in said
    best = next(line for line in said.splitlines() if line.startswith("held out, step "))
    path = best.rpartition("it is kept in ")[2]
    assert main(["info", path]) == 0
    info = capsys.readouterr().out
    assert ", the best " in info
    assert main(["train", str(text), "--from", path, "--steps", "5", "--quiet"]) == 0


def test_seconds_end_a_run_and_count_from_its_start(tmp_path, capsys):
    story, saved = tmp_path / "story.txt", tmp_path / "run.npz"
    story.write_text("The clock was slow, and everybody knew it. " * 30)
    begin = ["train", str(story), "--hidden-size", "8", "--checkpoint", str(saved), "--seconds", "0.2"]
    assert main(begin) == 0
    assert "Ctrl+C ends it" not in capsys.readouterr().out
    with pytest.raises(SystemExit) as caught:
        main(["train", "--resume", str(saved), "--seconds", "0.1"])
    assert caught.value.code == 2
    assert "seconds already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--dropout", "0.5"], "only one"),
        (["--cell", "elman"], "elman"),
        (["--layers", "5"], "between 1 and 4"),
        (["--streams", "257"], "between 1 and 256"),
        (["--streams", "200"], "good for"),
        (["--momentum", "0.5"], "momentum"),
    ],
    ids=str,
)
def test_options_of_a_network_that_cannot_be_are_one_sentence(options, sentence, tmp_path, capsys):
    story = tmp_path / "story.txt"
    story.write_text("The clock was slow, and everybody knew it. " * 30)
    with pytest.raises(SystemExit) as caught:
        main(["train", str(story), "--no-save", "--steps", "1", *options])
    err = capsys.readouterr().err
    assert caught.value.code == 2
    assert sentence in err
    assert err.count("\n") == 1


def test_a_check_of_a_network_that_cannot_be_is_a_sentence_too(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["check", "--dropout", "0.5"])
    assert caught.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("network", [["--cell", "gru", "--streams", "3"], ["--cell", "lstm", "--layers", "2"]], ids=str)
def test_a_network_with_gates_goes_through_every_command(network, tmp_path, capsys):
    story, saved, log = (tmp_path / name for name in ("story.txt", "run.npz", "run.jsonl"))
    story.write_text("The clock was slow, and everybody knew it. " * 30)
    options = ["--hidden-size", "8", "--seq-length", "6", "--checkpoint", str(saved), "--log", str(log), *network]
    assert main(["train", str(story), *options, "--steps", "60"]) == 0
    assert main(["train", "--resume", str(saved), "--steps", "90", "--quiet"]) == 0
    assert main(["train", "--replay", str(log), "--no-save"]) == 0
    capsys.readouterr()
    assert main(["info", str(saved)]) == 0
    assert network[1].upper() in capsys.readouterr().out
    assert main(["sample", str(saved), "--length", "50"]) == 0
    assert len(capsys.readouterr().out) == 50
    assert main(["check", str(saved), "--entries", "20"]) == 0
    assert main(["check", str(story), "--hidden-size", "8", "--entries", "20", "--steps", "30", *network]) == 0
    with pytest.raises(SystemExit):
        main(["train", "--resume", str(saved), "--cell", "rnn"])
    assert "begun with --cell" in capsys.readouterr().err
