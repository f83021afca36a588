"""The options that a session was made with, as a value: what a checkpoint and a log say of it."""

from ..settings import Settings
from .session import TrainingSession


def settings_of(session: TrainingSession) -> Settings:
    """The options it was made with; those that can be changed are the present ones."""
    model, optimizer = session.model, session.optimizer
    return Settings(
        hidden_size=model.hidden_size,
        seq_length=session.seq_length,
        learning_rate=session.learning_rate,
        seed=session.seed,
        dtype=model.dtype.name,
        sample_every=session.sample_every,
        sample_length=session.sample_length,
        temperature=session.temperature,
        held_out=session.held_out_share,
        optimizer=optimizer.NAME,
        momentum=session.momentum,
        clip=optimizer.clipping.text,
        cell=model.cell,
        layers=model.layers,
        streams=session.streams,
        dropout=model.dropout,
        init=model.init,
        schedule=session.schedule.kind,
        schedule_steps=session.schedule.steps,
        schedule_seconds=session.schedule.seconds,
    )
