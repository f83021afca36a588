"""What is said where a library of an extra is missing."""

import pytest

from charrnn.core.extras import MissingExtraError, require


def test_what_is_installed_is_fine():
    require("numbers need", "numpy", "never")


def test_what_is_missing_is_said_with_its_extra_and_the_command():
    with pytest.raises(MissingExtraError) as said:
        require("maps need", "no_such_module", "maps", called="Cartographer")
    expected = "maps need Cartographer, which comes with the extra “maps”: pip install 'charrnn-tui[maps]'"
    assert str(said.value) == expected
