"""The sets of examples: what decides them, that words alone don't, and that they are the same everywhere."""

import re
from collections import Counter
from datetime import date
from hashlib import sha256

import pytest

from charrnn.samples import dates, faces, feelings, sentences

KNOWN = {
    feelings: "fcdb0bfea69c",
    faces: "39846d0b2bad",
    sentences: "835e6bd01cc2",
    dates: "e31bf9957637",
}


@pytest.mark.parametrize("made", KNOWN, ids=lambda module: module.__name__)
def test_they_are_the_same_on_every_machine(made):
    assert sha256(repr(made.make()).encode()).hexdigest()[:12] == KNOWN[made]


def test_what_a_sentence_feels_like_is_what_its_rules_say():
    """Worked out again from the words."""
    turned = {word for phrase in (*feelings.TURNED, *feelings.TURNED_AWAY) for word in phrase.split()} - {"was"}
    bad = {word for *_, poor in feelings.THINGS for word in poor} | set(feelings.DISLIKED)

    def good(clause):
        words = clause.split()
        return bool(set(words) & bad) == bool(set(words) & turned)

    for label, text, kind in feelings.make():
        if kind == "negation":
            decides = text
        elif kind == "contrast":
            decides = re.split(" but | yet ", text)[1]
        else:
            first, second = text.split(", ")
            decides = second if first.startswith("although") else first
        assert (label == "positive") == good(decides), text


def test_every_combination_of_features_has_its_faces():
    made = faces.make()
    assert len(Counter(text for _, text in made)) == 384
    assert set(Counter(text for _, text in made).values()) == {8}
    assert len({rows for rows, _ in made}) == len(made), "no two are the same"
    assert all(len(rows) == 16 and all(re.fullmatch(r"\d{16}", row) for row in rows) for rows, _ in made)
    assert made[63][1] == "a happy round face with a hat, glasses, a beard, ears, a bow and spots"


def test_features_are_where_they_are_always():
    for rows, text in faces.make()[:384]:
        for name in faces.EXTRAS:
            dots = [(r, c) for r, part in faces.PARTS[name] for c, dot in enumerate(part) if dot == "#"]
            bright = sum(rows[r][c] in faces.BRIGHT for r, c in dots) / len(dots)
            assert name not in text or bright > 0.6, (name, text)


def test_dates_mean_the_day_that_is_written():
    for written, meant in dates.make():
        day = date.fromisoformat(meant)
        assert str(day.year) in written
        assert str(day.day) in written
        assert dates.MONTHS[day.month - 1][:3] in written
        weekday = re.match(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b", written)
        assert weekday is None or dates.DAYS[day.weekday()].startswith(weekday[1])


def test_sentences_count_things_with_their_measure_words_and_put_time_and_place_first():
    made = dict(sentences.make())
    assert len(made) == sentences.COUNT
    assert max(map(len, made)) <= sentences.LONGEST
    for english, chinese in made.items():
        named = [n for n in sentences.NOUNS.values() if f" {n.one}" in english or f" {n.several}" in english]
        noun = max(named, key=lambda n: len(n.one))
        assert re.search(f"[一两三]{noun.measure}.*{noun.chinese}$", chinese), (english, chinese)
        for where, there in sentences.PLACES.items():
            if where in english:
                assert there.removeprefix("在") in chinese
                assert chinese.index(there.removeprefix("在")) < re.search("[一两三]", chinese).start()
        assert ("了" in chinese) == (" is " not in english and " will " not in english)
        assert ("正在" in chinese) == (" is " in english)
    assert made["the farmer is reading a new book"] == "农民正在读一本新书"
