"""What is told of a step of a real network."""

from insights import insight_of, text_of

from charrnn.tui.panels.one_step.rows import PHASES, draw_one_step

INSIGHT = insight_of()


def test_every_phase_says_a_sentence_with_the_numbers_of_the_step():
    told = [" ".join(text_of(draw_one_step(INSIGHT, phase, 76, 18)).split()) for phase in range(len(PHASES))]
    for phase, text in enumerate(told):
        assert f"phase {phase + 1} of 8" in text
        assert PHASES[phase].name in text
    loss, before, after = (len(INSIGHT.text) * n for n in (INSIGHT.loss, INSIGHT.smooth_before, INSIGHT.smooth))
    assert f"Together {loss:.2f} nats" in told[3]
    assert f"{before:.3f} → {after:.3f}" in told[7]
    of_last = INSIGHT.error_flow.error_of_last
    assert f"{of_last[0] / of_last[-1]:.0e}" in told[4] or "%" in told[4]
