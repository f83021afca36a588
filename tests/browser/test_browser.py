"""What a visitor sees and can do, in Chromium."""

import re
import urllib.error
import urllib.request
import zipfile

import pytest
from conftest import until
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys


def step(text):
    found = re.search(r"step +([\d,]+)", text)
    return int(found[1].replace(",", "")) if found else 0


def test_it_opens_trains_and_obeys_and_asks_nobody_else(window, serve):
    _, address = serve()
    page = window(address)
    first = step(page.until(lambda text: step(text) > 0))
    text = page.until(lambda text: step(text) > first)
    assert text.splitlines()[0].startswith(" charrnn  prose (built in)")
    page.until(lambda text: "Pause" in text.splitlines()[-1])
    page.press(Keys.SPACE)
    paused = step(page.until(lambda text: "paused" in text))
    page.press(".")
    page.until(lambda text: step(text) == paused + 1)
    page.press("?")
    page.until(lambda text: "What am I seeing?" in text)
    page.press(Keys.ESCAPE)
    page.until(lambda text: "What am I seeing?" not in text)
    assert page.driver.title == "prose (built in)"
    assert page.hosts() == {"127.0.0.1"}
    assert not [e for e in page.driver.get_log("browser") if e["level"] == "SEVERE"]


def cell(page, column, row):
    """Where a cell of the terminal is, in points from the middle of its screen."""
    screen = page.driver.find_element("css selector", ".xterm-screen")
    columns, rows = page.driver.execute_script("return window.sized")
    width, height = screen.size["width"], screen.size["height"]
    return screen, (column + 0.5) * width / columns - width / 2, (row + 0.5) * height / rows - height / 2


def test_the_mouse_works_on_keys_and_panels(window, serve):
    _, address = serve()
    page = window(address)
    for word, follows in (("X-ray", r"[━─] X-ray"), ("Pause", "‖ paused")):
        rows = page.until(lambda text, word=word: "Pause" in text.splitlines()[-1] and word in text).splitlines()
        row = next(n for n, line in enumerate(rows) if word in line)
        screen, x, y = cell(page, rows[row].index(word), row)
        ActionChains(page.driver).move_to_element_with_offset(screen, x, y).click().perform()
        page.until(lambda text, follows=follows: re.search(follows, text))


def test_the_screen_follows_the_window(window, serve):
    _, address = serve()
    page = window(address, (800, 600))
    small = page.until(lambda text: "Pause" in text.splitlines()[-1])
    page.driver.set_window_size(1600, 1000)
    large = page.until(lambda text: "seed 0" in text.splitlines()[0] and "Pause" in text.splitlines()[-1])
    assert len(large.splitlines()) > len(small.splitlines()) + 10
    assert len(large.splitlines()[0]) > len(small.splitlines()[0]) + 40


def test_two_visitors_have_a_run_each_and_a_page_that_is_loaded_again_its_own(window, serve):
    _, address = serve()
    one, other = window(address), window(address)
    for page in (one, other):
        page.until(lambda text: "Pause" in text.splitlines()[-1])
    one.press(Keys.SPACE)
    paused = step(one.until(lambda text: "paused" in text))
    other.until(lambda text: step(text) > paused and "training" in text)
    assert one.driver.current_url != other.driver.current_url
    one.driver.refresh()
    text = one.until(lambda text: "paused" in text)
    assert step(text) == paused
    one.press(Keys.SPACE)
    one.until(lambda text: step(text) > paused)


def test_without_the_token_there_is_no_page(window, serve):
    _, address = serve("--token", "a-word-of-ours")
    assert address.endswith("/?token=a-word-of-ours")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(address.partition("?")[0])
    page = window(address)
    page.until(lambda text: step(text) > 0)
    assert "token" not in page.driver.current_url


def test_what_is_written_is_downloaded(window, serve, tmp_path):
    _, address = serve()
    page = window(address)
    page.until(lambda text: "Pause" in text.splitlines()[-1])
    page.press("w")
    (file,) = until(lambda: list((tmp_path / "downloads").glob("*.zip")), "a download")
    with zipfile.ZipFile(file) as packed:
        names = sorted(packed.namelist())
        assert [name.rpartition(".")[2] for name in names] == ["csv", "svg"]
        assert packed.read(names[0]).startswith(b"series,")
        assert b"<svg" in packed.read(names[1])


def test_when_the_server_ends_the_page_says_so(window, serve):
    server, address = serve()
    page = window(address)
    page.until(lambda text: step(text) > 0)
    server.terminate()
    ended = page.driver.find_element("id", "ended")
    until(ended.is_displayed, "the end")
    assert "saved" in ended.text
    assert server.wait(60) == 0


def test_what_ends_a_run_ends_its_page_and_the_link_goes_on_with_it(window, serve):
    _, address = serve()
    page = window(address)
    left = step(page.until(lambda text: step(text) > 100 and "Pause" in text.splitlines()[-1]))
    page.press("q")
    ended = page.driver.find_element("id", "ended")
    until(ended.is_displayed, "the end")
    page.driver.find_element("link text", "Show it again").click()
    page.until(lambda text: step(text) > left)
