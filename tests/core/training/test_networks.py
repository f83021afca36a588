"""That a run is a run with every cell, layer and stream: the same again, gone on with, undone, saved and read."""

import itertools

import numpy as np
import pytest

from charrnn.core import Corpus, CorpusError, TrainingSession, load_run, save_run
from charrnn.core.insight.error_flow import look_back
from charrnn.core.insight.lab import draw_lab
from charrnn.core.insight.neurons.tracking import track
from charrnn.core.insight.reading import read_again, read_window
from charrnn.core.live.snapshot import take_snapshot
from charrnn.core.training.run import Run

STORY = "The clock was slow, and everybody knew it. It was always so!\n" * 40
NETWORKS = [
    {"cell": "rnn", "streams": 3},
    {"cell": "gru"},
    {"cell": "lstm", "layers": 2},
    {"cell": "gru", "layers": 3, "streams": 4, "dropout": 0.2, "optimizer": "adam", "init": "orthogonal"},
    {"cell": "lstm", "streams": 5, "optimizer": "rmsprop", "schedule": "cosine", "schedule_steps": 70},
]
EACH = list(itertools.product(NETWORKS, ("float32", "float64")))


def a_run(steps=0, **options):
    corpus = Corpus.from_text(STORY, "story")
    run = Run(TrainingSession(corpus, **{"hidden_size": 10, "seq_length": 8, "sample_every": 20, **options}))
    for _ in range(steps):
        run.step()
    return run


def digest(run):
    return run.capture().digest


@pytest.mark.parametrize(("network", "dtype"), EACH, ids=str)
def test_a_saved_run_goes_on_bit_for_bit(network, dtype, tmp_path):
    options = {**network, "dtype": dtype, "held_out": 0.1}
    whole, part = a_run(90, **options), a_run(50, **options)
    save_run(part, tmp_path / "run.npz")
    again = load_run(tmp_path / "run.npz", Corpus.from_text(STORY, "story"))
    assert again.settings == part.settings == whole.settings
    for _ in range(40):
        again.step()
    assert digest(again) == digest(whole)
    assert [s.text for s in again.journal.samples] == [s.text for s in whole.journal.samples]


@pytest.mark.parametrize("network", NETWORKS, ids=str)
def test_what_was_done_is_undone_and_a_restart_is_the_beginning(network):
    run = a_run(30, **network)
    before = digest(run)
    run.reset_memory()
    assert not run.session.hidden.any()
    run.undo()
    assert run.session.hidden.any()
    run.journal.mark_count = Run(run.session).journal.mark_count  # marks count on; all else is as it was
    assert digest(run) == before
    run.restart()
    fresh = a_run(0, **network)
    assert np.array_equal(run.session.model.parameters.flat, fresh.session.model.parameters.flat)
    for _ in range(25):
        run.step()
        fresh.step()
    assert np.array_equal(run.session.model.parameters.flat, fresh.session.model.parameters.flat)


@pytest.mark.parametrize("network", NETWORKS, ids=str)
def test_a_sample_never_disturbs_training(network):
    one, other = a_run(10, **network), a_run(10, **network)
    one.session.sample(40)
    one.session.sample(40, prime="The")
    one.session.sample_rng.bit_generator.state = other.session.sample_rng.bit_generator.state
    for run in (one, other):
        run.step()
    assert digest(one) == digest(other)


@pytest.mark.parametrize("network", NETWORKS, ids=str)
def test_it_learns(network):
    options = {"optimizer": "adam", "learning_rate": 0.01, "init": "orthogonal", **network, "schedule": "constant"}
    run = a_run(400, **options)
    assert run.session.smooth_loss < run.session.even_loss
    assert np.mean([run.session.step().loss for _ in range(20)]) < 0.6 * run.session.even_loss


@pytest.mark.parametrize("network", NETWORKS, ids=str)
def test_panels_see_the_first_stream(network):
    run = a_run(30, **network)
    session = run.session
    window = session.last_window.first
    reading = read_window(session)
    decode = session.corpus.vocabulary.decode
    assert (reading.inputs, reading.targets) == (decode(window.inputs), decode(window.targets))
    assert STORY[session.windows.place :].startswith(reading.inputs)
    assert reading.hidden.shape == (9, 10)
    assert reading.chances[:, 0].max() <= 1
    assert reading.nats == pytest.approx(-np.log(reading.p), rel=1e-5)
    snapshot = take_snapshot(run, state="paused")
    assert snapshot.window.inputs == reading.inputs
    assert snapshot.hidden == pytest.approx(reading.hidden[-1].tolist())
    assert read_again(session.model, session.corpus.vocabulary, "The clock").hidden.shape == (9, 10)
    assert track(session).variation.shape == (10,)
    assert len({len(drawn.text) for drawn in draw_lab(session, "The", 30).drawn}) == 1


@pytest.mark.parametrize("network", NETWORKS, ids=str)
def test_the_error_of_the_last_character_begins_as_the_output_has_it_and_is_felt_before(network):
    options = {**network, "dtype": "float64", "dropout": 0.0, "optimizer": "sgd", "init": "orthogonal", "clip": "off"}
    run, before = a_run(20, **options), a_run(20, **options)
    run.step()
    flow = look_back(run.session)
    model, session = before.session.model, before.session
    window = session.windows.next_window()
    memory = np.zeros_like(session.hidden) if window.fresh else session.hidden.copy()
    model.run_window(window.inputs, window.targets, memory, np.random.default_rng(0))
    assert flow.error.shape == flow.error_of_last.shape == (8,)
    assert look_back(run.session).error == pytest.approx(flow.error, rel=1e-12), "looking twice shows the same"
    # The last character's error at the last place is (p - onehot) Why, whatever the cell.
    p, _ = model.window_output()
    p = p[-1].copy()
    p[window.first.targets[-1]] -= 1
    assert flow.error_of_last[-1] == pytest.approx(np.linalg.norm(p @ model.Why), rel=1e-9)
    assert flow.error[-1] == pytest.approx(flow.error_of_last[-1], rel=1e-9)
    assert (flow.error_of_last[:-1] > 0).all()


def test_too_many_streams_for_what_is_not_held_out_are_refused():
    with pytest.raises(CorpusError, match="too short for 256 streams"):
        a_run(streams=256, seq_length=20)


def test_a_model_that_is_given_brings_its_own_cells():
    corpus = Corpus.from_text(STORY, "story")
    from charrnn.core import CharRNN

    model = CharRNN(len(corpus.vocabulary), 9, cell="gru", layers=2)
    session = TrainingSession(corpus, model=model)
    assert (Run(session).settings.cell, Run(session).settings.layers) == ("gru", 2)
    session.step()
