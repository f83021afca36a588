"""What a run that follows another one takes over from it."""

from argparse import Namespace

from charrnn.tui.watching import TAKEN_OVER, _taken_over


def test_a_run_that_follows_has_its_own_options_but_for_how_it_is_saved_and_shown():
    shown = {"no_save": True, "autosave": 5.0, "compare": ["a.npz"], "ascii": True, "fps": 3}
    shown |= {"theme": "nord", "panels": ("xray",)}
    before = Namespace(**shown, steps=9, seconds=None, patience=4, log="a.jsonl", checkpoint="a.npz")
    after = Namespace(steps=None, seconds=60.0, patience=None, log=None, checkpoint=None, no_save=True, autosave=60.0)
    options = _taken_over(before, after)
    assert {name: getattr(options, name) for name in TAKEN_OVER} == shown
    assert (options.steps, options.seconds, options.patience) == (None, 60.0, None)
    assert (options.log, options.checkpoint) == (None, None)
