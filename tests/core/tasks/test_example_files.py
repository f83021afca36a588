"""Examples from files: every way they can be wrong is a sentence that says where."""

import gzip
import os
import re

import numpy as np
import pytest

from charrnn.core.tasks import example_files
from charrnn.core.tasks.example_files import read_examples
from charrnn.core.text.vocabulary import CorpusError

GOOD = ["good\tthe tea was fine", "bad\tthe tea was cold", "good\tnot bad at all"]
FACE = ["....", ".##.", ".##.", "...."]


def write(tmp_path, lines, name="examples.tsv", **how):
    path = tmp_path / name
    path.write_text("\n".join(lines), newline="", **{"encoding": "utf-8", **how})
    return str(path)


def test_labels_and_texts(tmp_path):
    examples = read_examples([write(tmp_path, GOOD)], "label")
    assert examples.targets == ("good", "bad", "good")
    assert examples.sources == ("the tea was fine", "the tea was cold", "not bad at all")
    assert examples.said == ("3 examples are few: the network will learn these by heart",)
    assert examples.what == "3 texts, 2 labels"
    assert str(examples.path).endswith("examples.tsv")


def test_pairs_keep_a_third_column_and_do_not_learn_it(tmp_path):
    lines = ["Go.\t走。\tCC-BY 2.0 #1", "Hi.\t你好。\tCC-BY 2.0 #2", "Run!\t跑！"]
    examples = read_examples([write(tmp_path, lines)], "translate")
    assert (examples.sources, examples.targets) == (("Go.", "Hi.", "Run!"), ("走。", "你好。", "跑！"))
    assert examples.notes == ("CC-BY 2.0 #1", "CC-BY 2.0 #2", "")
    assert "#" not in examples.vocabulary.characters


@pytest.mark.parametrize(
    "change",
    [
        lambda path, text: path.write_bytes(text.replace("\n", "\r\n").encode()),
        lambda path, text: path.write_bytes(b"\xef\xbb\xbf" + text.encode()),
        lambda path, text: path.write_bytes(text.encode("utf-16")),
        lambda path, text: path.write_bytes(gzip.compress(text.encode())),
        lambda path, text: path.write_bytes((text + "\n\n  \n").encode()),
        lambda path, text: path.write_bytes(text.replace("\tthe", "\tthe").replace("fine", "fine  ").encode()),
    ],
    ids=["CRLF", "mark", "UTF-16", "gzip", "empty lines", "final blanks"],
)
def test_files_as_people_have_them(tmp_path, change):
    plain = read_examples([write(tmp_path, GOOD)], "label")
    path = tmp_path / "other.tsv"
    change(path, "\n".join(GOOD))
    assert read_examples([str(path)], "label").sha256 == plain.sha256


def test_another_encoding_is_asked_for(tmp_path):
    path = write(tmp_path, ["gut\tschön", "schlecht\tübel"], encoding="cp1252")
    with pytest.raises(CorpusError, match="is not UTF-8 text: line 1"):
        read_examples([path], "label")
    assert read_examples([path], "label", encoding="cp1252").sources == ("schön", "übel")


@pytest.mark.parametrize(
    ("task", "lines", "said"),
    [
        ("label", ["good tea", "bad tea"], "isn't lines of LABEL, a tab, TEXT: line 1 has no tab: “good tea”"),
        ("label", ["good    the tea", "bad     the tea"], "line 1 has spaces where a tab is needed"),
        ("label", ["\tno label", "\tnone"], "line 1 has an empty label"),
        ("translate", ["a\t ", "b\t"], "line 1 has an empty target"),
        ("label", ["a\tb\tc", "a\tb\tc"], "line 1 has 3 columns, not two"),
        ("label", ['"good","the tea, it was fine"'], "looks like CSV"),
        ("label", ["good\tone", "good\ttwo"], "one label only, “good”"),
        ("translate", ["a\tb"], "one text only"),
        ("translate", ["", "  "], "has no line of SOURCE, a tab, TARGET"),
        ("label", ["x" * 500], "…”"),
        ("describe", [*FACE, "a face", "", *FACE], "block 2, line 10: a description was expected"),
        ("describe", ["a face", "", "a box"], "block 1, line 1: a picture of . and # or digits was expected above"),
        ("describe", [*FACE[:3], ".x..", "a face"], "line 4, column 2: “x” is no cell"),
        ("describe", ["0123", "01a3", "0000", "0000", "it"], "line 2, column 3: “a” is no cell"),
        ("describe", [*FACE[:3], "...", "a face"], "line 4: this row has 3 cells, the first has 4"),
        ("describe", [*FACE, "a", "", *FACE, "....", "b"], "block 2: the picture has 5 × 4 cells, the first one 4 × 4"),
        ("describe", [*FACE[:3], "a face"], "3 × 4 cells, and 4 to 64 each way can be"),
        ("describe", ["", " "], "has no picture"),
    ],
)
def test_what_is_wrong_is_a_sentence_that_says_where(tmp_path, task, lines, said):
    with pytest.raises(CorpusError, match=re.escape(said)) as error:
        read_examples([write(tmp_path, lines)], task)
    assert "examples.tsv" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_few_wrong_lines_are_left_out_and_counted(tmp_path):
    examples = read_examples([write(tmp_path, [*GOOD, "no tab here", "good\t"])], "label")
    assert len(examples) == 3
    assert examples.said[0] == "2 lines left out: line 4 has no tab: “no tab here”"


def test_contradictions_are_said(tmp_path):
    labels = read_examples([write(tmp_path, [*GOOD, "bad\tnot bad at all"])], "label")
    assert "1 text with more than one label" in labels.said[0]
    pairs = read_examples([write(tmp_path, ["a\tb", "a\tc", "d\te"])], "translate")
    assert "exact can't reach 100 %" in pairs.said[0]


def test_what_is_too_long_or_too_much_is_left_out_and_said(tmp_path, monkeypatch):
    path = write(tmp_path, [*GOOD, "good\t" + "so " * 50 + "good"])
    examples = read_examples([path], "label", longest=40)
    assert (len(examples), examples.said[0]) == (3, "left out: 1 example longer than 40 characters")
    with pytest.raises(CorpusError, match="every example"):
        read_examples([path], "label", longest=3)
    monkeypatch.setattr(example_files, "MOST", 50)
    monkeypatch.setattr(example_files, "MOST_LINES", 400)
    many = [f"{'good' if n % 2 else 'bad'}\tnumber {n}" for n in range(300)]
    examples = read_examples([write(tmp_path, many)], "label")
    assert (len(examples), examples.said[0]) == (50, "of 300 examples 50 are taken, drawn by chance")
    assert examples.sources == read_examples([write(tmp_path, many)], "label").sources
    monkeypatch.setattr(example_files, "MOST_LINES", 200)
    examples = read_examples([write(tmp_path, many)], "label")
    assert (len(examples), examples.said[0]) == (50, "of 300 lines 50 are taken, drawn by chance")


def test_pictures_of_dots_and_of_digits(tmp_path):
    lines = [*FACE, "a box", "", "", "0000", "0990", "0450", "0000", "a grey box"]
    examples = read_examples([write(tmp_path, lines)], "describe")
    assert (examples.size, examples.targets) == ((4, 4), ("a box", "a grey box"))
    assert examples.pictures[0].reshape(4, 4)[1].tolist() == [0, 1, 1, 0]
    assert examples.pictures[1].reshape(4, 4)[2] == pytest.approx([0, 4 / 9, 5 / 9, 0])


@pytest.mark.parametrize("names", [[], ["a", "b"]])
def test_one_file_is_named(names):
    with pytest.raises(CorpusError, match="one file"):
        read_examples(names, "label")


def test_missing_and_empty_files(tmp_path):
    with pytest.raises(CorpusError, match="there is no file"):
        read_examples([str(tmp_path / "none")], "label")
    with pytest.raises(CorpusError, match="is empty"):
        read_examples([write(tmp_path, [])], "label")
    (tmp_path / "folder").mkdir()
    write(tmp_path / "folder", GOOD, "a.tsv")
    with pytest.raises(CorpusError, match="is a folder"):
        read_examples([str(tmp_path / "folder")], "label")


class TestImages:
    """Folders of them, with Pillow."""

    @pytest.fixture
    def folder(self, tmp_path):
        image = pytest.importorskip("PIL.Image", reason="images need the extra pictures")
        for name, grey in (("dark.png", 0), ("light.jpg", 255)):
            image.new("L", (40, 30), grey).save(tmp_path / name)
        return tmp_path

    def test_a_folder_of_images_and_its_captions(self, folder):
        write(folder, ["dark.png\tnothing", "light.jpg#0\tsnow", "light.jpg#1\ta wall"], "captions.txt")
        examples = read_examples([str(folder)], "describe", picture_size=8)
        assert examples.targets == ("nothing", "snow", "a wall")
        assert (examples.size, examples.pictures.shape) == ((8, 8), (3, 64))
        assert np.round(examples.pictures.mean(1), 2).tolist() == [0, 1, 1]
        again = read_examples([str(examples.path)], "describe", picture_size=8)
        assert again.sha256 == examples.sha256

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("none.png\tx", "there is no image “none.png”"),
            ("../dark.png\tx", "isn't in the folder"),
            ("/etc/passwd\tx", "isn't in the folder"),
            ("captions.txt\tx", "can't be read as an image"),
            ("dark.png", "isn't FILE, a tab, CAPTION"),
        ],
    )
    def test_wrong_lines_are_left_out_or_refused(self, folder, line, said):
        write(folder, [line], "captions.txt")
        with pytest.raises(CorpusError, match=re.escape(said)):
            read_examples([str(folder)], "describe")
        write(folder, ["dark.png\tnothing", "light.jpg\tsnow", line], "captions.txt")
        assert said in read_examples([str(folder)], "describe").said[0]

    def test_a_pipe_is_not_waited_for(self, folder):
        os.mkfifo(folder / "pipe.png")
        write(folder, ["dark.png\tnothing", "light.jpg\tsnow", "pipe.png\tx"], "captions.txt")
        assert "“pipe.png” is no regular file" in read_examples([str(folder)], "describe").said[0]

    def test_who_has_no_pillow_is_told_which_extra(self, folder, monkeypatch):
        write(folder, ["dark.png\tnothing"], "captions.txt")
        monkeypatch.setitem(__import__("sys").modules, "PIL", None)
        with pytest.raises(CorpusError, match=re.escape("charrnn-tui[pictures]")):
            read_examples([str(folder)], "describe")
