"""A driver that reads on where bytes come in that are no text: of a terminal in another encoding, or an old mouse."""

from textual.driver import Driver


def steady(driver: type[Driver]) -> type[Driver]:
    """The driver, reading on after what can't be read; what came together with it is lost."""
    if not hasattr(driver, "run_input_thread"):
        return driver

    class SteadyDriver(driver):  # type: ignore[valid-type, misc]  # a class is made from the one the system has
        def run_input_thread(self) -> None:
            while True:
                try:
                    super().run_input_thread()
                except UnicodeDecodeError:
                    continue
                return

    return SteadyDriver
