import pytest

from charrnn.core.cli.sharing.asking import WrongOptionError, read_words


@pytest.mark.parametrize(
    ("words", "option", "said"),
    [
        (["--learning-rate", "0,001"], "learning-rate", "a number such as 0.001: with a point, not a comma"),
        (["--hidden-size=--help"], "hidden-size", "“--help” is not a whole number"),
        (["--cell=x"], "cell", "invalid choice"),
        (["--task=label"], "task", "name a file of examples"),
        (["--dropout=0.1"], "", "dropout is between layers"),
        (["--no-such-option"], "", "unrecognized arguments"),
    ],
)
def test_what_is_wrong_is_raised_with_its_option_and_nothing_is_printed(capsys, words, option, said):
    with pytest.raises(WrongOptionError, match=said) as raised:
        read_words(words)
    assert raised.value.option == option
    assert capsys.readouterr() == ("", "")
