"""Where a person's own defaults are read, and what is said of a file that is none."""

import pytest

from charrnn.core.cli.settings_file.file import SettingsError, read_settings_file, settings_path


@pytest.fixture
def file(tmp_path, monkeypatch):
    path = tmp_path / "settings.toml"
    monkeypatch.setenv("CHARRNN_SETTINGS", str(path))
    return path


def test_it_is_in_the_users_own_config_folder_unless_the_environment_names_another(tmp_path, monkeypatch):
    from platformdirs import user_config_path

    monkeypatch.delenv("CHARRNN_SETTINGS")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert settings_path() == user_config_path("charrnn", appauthor=False) / "settings.toml"
    assert read_settings_file().values == {}, "nobody has to have one"
    monkeypatch.setenv("CHARRNN_SETTINGS", str(tmp_path / "mine.toml"))
    assert settings_path() == tmp_path / "mine.toml"
    monkeypatch.setenv("CHARRNN_SETTINGS", "")
    assert settings_path() is None


def test_what_stands_in_it_is_known_by_its_lines(file):
    file.write_text('# mine\nfps = 5\n"hidden-size" = 20\npanels = [\n  "xray",\n]\ntheme = """\nnord"""\n')
    read = read_settings_file()
    assert read.values == {"fps": 5, "hidden-size": 20, "panels": ["xray"], "theme": "nord"}
    assert [read.line(name) for name in read.values] == [2, 3, 6, 8]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"fps = 5\nhidden size = 3\n", "line 2: this is no TOML: "),
        (b"fps = 5\ntheme = 'nord", "line 2: this is no TOML: "),
        (b"fps = 5\nfps = 6\n", "line 2: this is no TOML: "),
        (b"fps = 5\n\xff = 1\n", "line 2: this isn't UTF-8"),
        (b"#" * 100_001, "is larger than 100,000 bytes"),
        (b"a=" + b"[" * 50_000, "is nested too deep"),
    ],
)
def test_what_is_no_toml_is_a_sentence_with_its_line(file, data, said):
    file.write_bytes(data)
    with pytest.raises(SettingsError, match=said) as error:
        read_settings_file()
    assert str(error.value).startswith(f"“{file}”")
    assert "\n" not in str(error.value)


def test_a_file_that_was_named_and_is_not_there_is_said(file):
    with pytest.raises(SettingsError, match=r"there is no file “.*settings.toml”, which CHARRNN_SETTINGS names"):
        read_settings_file()
    file.mkdir()
    with pytest.raises(SettingsError, match="is no file"):
        read_settings_file()
