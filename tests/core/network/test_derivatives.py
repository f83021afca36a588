import numpy as np
import pytest

from charrnn.core import CharRNN
from charrnn.core.cli.commands.main import main
from charrnn.core.network.derivatives import check_derivatives

INPUTS, TARGETS = np.array([0, 3, 3, 1, 4, 0, 2]), np.array([3, 3, 1, 4, 0, 2, 2])


def lively(model):
    model.parameters.flat[:] = 0.5 * np.random.default_rng(1).standard_normal(model.parameters.flat.size)
    return model


class Wrong(CharRNN):
    """Forgets tanh's slope in one matrix."""

    def loss_and_gradients(self, inputs, targets, hidden):
        loss, gradients, after = super().loss_and_gradients(inputs, targets, hidden)
        gradients.Whh[...] *= 1.001
        return loss, gradients, after


def test_right_gradients_pass_and_the_network_is_left_as_it_was():
    model = lively(CharRNN(5, 6, dtype="float64"))
    before = model.parameters.flat.copy()
    checks = check_derivatives(model, INPUTS, TARGETS, np.full(6, 0.2))
    assert [c.name for c in checks] == ["Wxh", "Whh", "Why", "bh", "by"]
    assert all(c.passes for c in checks)
    assert [c.checked for c in checks] == [30, 36, 30, 6, 5], "all there are"
    assert np.array_equal(model.parameters.flat, before)


def test_a_gradient_that_is_a_thousandth_off_fails():
    checks = check_derivatives(lively(Wrong(5, 6, dtype="float64")), INPUTS, TARGETS, np.full(6, 0.2), entries=20)
    assert [c.name for c in checks if not c.passes] == ["Whh"]


def test_float32_is_refused():
    with pytest.raises(ValueError, match="float64"):
        check_derivatives(CharRNN(5, 6), INPUTS, TARGETS, np.zeros(6))


def test_the_command_prints_a_table_and_passes(capsys, tmp_path):
    story = tmp_path / "story.txt"
    story.write_text("The clock was slow, and everybody knew it. " * 30)
    assert main(["check", str(story), "--hidden-size", "8", "--entries", "20", "--steps", "50"]) == 0
    out = capsys.readouterr().out
    assert out.count("agrees") == 5
    assert "Whh" in out
    assert "after 50 steps" in out


def test_the_command_checks_a_saved_run_on_its_text(capsys, tmp_path):
    story, saved = tmp_path / "story.txt", tmp_path / "run.npz"
    story.write_text("The clock was slow, and everybody knew it. " * 30)
    options = ["--hidden-size", "8", "--checkpoint", str(saved), "--steps", "70", "--quiet"]
    assert main(["train", str(story), *options]) == 0
    assert main(["check", str(saved), "--entries", "20"]) == 0
    assert "after 70 steps" in capsys.readouterr().out


def test_the_command_fails_where_a_gradient_is_wrong(monkeypatch, capsys):
    monkeypatch.setattr("charrnn.core.cli.commands.check.CharRNN", Wrong)
    assert main(["check", "--hidden-size", "8", "--entries", "20"]) == 1
    assert "Whh: wrong" in capsys.readouterr().out
