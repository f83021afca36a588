"""Who is let in."""

import pytest

PAGE, SOCKET = "/v/" + "a" * 22, "/v/" + "a" * 22 + "/socket"
WORD = "a-long-enough-word"


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("localhost:8000", None, 200),
        ("127.0.0.1:9", "http://127.0.0.1:9", 200),
        ("[::1]:8000", None, 200),
        ("evil.example", None, 403),
        ("127.0.0.1.evil.example:8000", None, 403),
        ("localhost:8000", "http://evil.example", 403),
        ("localhost:8000", "http://localhost:8001", 403),
        ("localhost:8000", "null", 403),
    ],
)
async def test_without_a_token_only_this_machine_is_answered(served, host, origin, status):
    headers = {"Host": host} | ({"Origin": origin} if origin else {})
    async with served() as room:
        answer = await room.client.get(PAGE, headers=headers)
        assert answer.status == status
        if status == 403:
            assert (await answer.text()).count("\n") == 1
            assert (await room.client.get(SOCKET, headers=headers)).status == 403


@pytest.mark.parametrize("path", [PAGE, SOCKET, "/", "/page/page.js", "/static/js/textual.js", "/download/x"])
@pytest.mark.parametrize("token", ["", "?token=", "?token=wrong", f"?token={WORD}x", "?token=é", "?Token=" + WORD])
async def test_with_one_nothing_is_answered_without_it(served, path, token):
    async with served(token=WORD) as room:
        assert (await room.client.get(path + token)).status == 403


async def test_a_link_with_the_token_opens_and_is_kept_out_of_sight(served):
    async with served(token=WORD) as room:
        answer = await room.client.get(f"{PAGE}?token={WORD}&fontsize=20", allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, f"{PAGE}?fontsize=20")
        assert "HttpOnly" in answer.headers["Set-Cookie"]
        page = await room.client.get(answer.headers["Location"], headers={"Host": "class.example"})
        assert (page.status, 'data-font-size="20"' in await page.text()) == (200, True)
        async with room.client.ws_connect(SOCKET) as socket:
            assert (await socket.receive()).data
        room.client.session.cookie_jar.clear()
        assert (await room.client.get(PAGE, headers={"Cookie": "cookie=forged"})).status == 403


async def test_a_page_elsewhere_opens_no_socket_even_with_the_cookie(served):
    async with served(token=WORD) as room:
        await room.client.get(f"{PAGE}?token={WORD}")
        assert (await room.client.get(SOCKET, headers={"Origin": "https://evil.example"})).status == 403
