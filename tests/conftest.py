import os

os.environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor"  # whatever terminal we run in

import pytest
import textual._wait
import textual.constants
from hypothesis import HealthCheck, settings

del os.environ["TEXTUAL_COLOR_SYSTEM"]  # programs that are started look for themselves

# Pilot takes a process for idle that hardly worked for so long. Tests wait for what the trainer did, not for this, so
# it may be shorter than the fiftieth of a second that each key would cost.
textual._wait.SLEEP_GRANULARITY, textual._wait.SLEEP_IDLE = 1 / 100, 1 / 1000

# On a busy machine an example may take any time, and so may making it up.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(autouse=True)
def state_folder(tmp_path_factory, monkeypatch):
    """Runs are saved where nobody else's are, by this process and by those it starts; nobody's settings are read."""
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("CHARRNN_SETTINGS", "")
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    return folder
