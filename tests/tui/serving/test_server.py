"""Pages, sockets and downloads, with stand-ins for the programs."""

import asyncio
import os
import re

import aiohttp
import pytest


async def heard(socket, what, limit=20):
    """Read until that comes, and return all of it."""
    data = b""
    async with asyncio.timeout(limit):
        while what not in data:
            message = await socket.receive()
            assert message.type in (aiohttp.WSMsgType.BINARY, aiohttp.WSMsgType.TEXT), (message, data)
            data += message.data if isinstance(message.data, bytes) else message.data.encode()
    return data


async def closed(socket, limit=20):
    """Read to the end."""
    async with asyncio.timeout(limit):
        while (await socket.receive()).type not in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED):
            pass


async def until(seen, limit=20):
    async with asyncio.timeout(limit):
        while not seen():
            await asyncio.sleep(0.01)


async def test_a_newcomer_gets_a_link_of_their_own_and_a_page(served):
    async with served() as room:
        links = []
        for _ in range(2):
            answer = await room.client.get("/", allow_redirects=False)
            assert answer.status == 303
            links.append(answer.headers["Location"])
        assert all(re.fullmatch(r"/v/[\w-]{22}", link) for link in links)
        assert len(set(links)) == 2
        page = await room.client.get(links[0])
        text = await page.text()
        assert page.status == 200
        assert "play.txt" in text
        assert f'data-socket="{links[0]}/socket"' in text
        assert not re.search(r"https?://", text), "nothing is asked of another host"
        for file in re.findall(r'(?:src|href)="(/[^"]+)"', text):
            assert (await room.client.get(file)).status == 200, file
        style = await (await room.client.get("/page/page.css")).text()
        for file in re.findall(r'url\("([^"]+)"\)', style):
            assert (await room.client.get(file)).status == 200, file


@pytest.mark.parametrize("path", ["/v/short", "/v/" + "x" * 23, "/v/" + "%2e" * 22, "/download/none", "/static/", "/x"])
async def test_what_is_not_there_is_not_found(served, path):
    async with served() as room:
        assert (await room.client.get(path)).status in (403, 404)


async def test_answers_say_that_they_are_not_to_be_kept_or_framed(served):
    async with served() as room:
        for path in ("/v/" + "a" * 22, "/x", "/page/page.js"):
            headers = (await room.client.get(path)).headers
            assert headers["Cache-Control"] == "no-store"
            assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
            assert headers["X-Content-Type-Options"] == "nosniff"


async def test_keys_and_sizes_go_to_the_program_and_what_it_draws_comes_back(served):
    async with served() as room, room.socket("a", 90, 30) as socket:
        assert b" 90x30" in await heard(socket, b"90x30")
        await socket.send_json(["stdin", "é"])
        await heard(socket, "typed é".encode())
        await socket.send_json(["resize", {"width": 99999, "height": -5}])
        await heard(socket, b'"width": 1000, "height": 24')
        await socket.send_json(["ping", "17"])
        await heard(socket, b'["pong", "17"]')


@pytest.mark.parametrize(
    "junk", ["", "[", "{}", "[]", "7", "null", '["stdin"]', '["stdin", 7]', '["resize", {"width": "x"}]', '["none", 1]',
             '["resize", {"width": 1e400, "height": 1}]', '["ping", ["x"]]']
)  # fmt: skip
async def test_what_no_page_would_say_is_passed_over(served, junk):
    async with served() as room, room.socket("a") as socket:
        await heard(socket, b"x30")
        await socket.send_str(junk)
        await socket.send_json(["stdin", "on"])
        await heard(socket, b"typed on")


async def test_a_page_that_is_loaded_again_finds_the_program_it_left(served):
    async with served() as room:
        async with room.socket("a") as socket:
            first = (await heard(socket, b"x30")).split()[1]
        async with room.socket("a", 70, 20) as socket:
            drawn = await heard(socket, b'"attach"')
            assert b'"width": 70, "height": 20' in drawn
            assert room.server.visits._programs["a" * 22]._process.pid == int(first)


async def test_another_window_takes_the_run_over(served):
    async with served() as room, room.socket("a") as one:
        await heard(one, b"x30")
        async with room.socket("a") as other:
            await heard(other, b'"attach"')
            await closed(one)
            await other.send_json(["stdin", "on"])
            await heard(other, b"typed on")


async def test_what_nobody_looks_at_is_saved_and_ends(served):
    async with served(idle=0.05) as room:
        async with room.socket("a") as socket:
            await heard(socket, b"x30")
        await until(lambda: room.kept("a") == "saved")
        await until(lambda: room.told[-1] == "a visitor left: 0 of 8 places taken")
        async with room.socket("a") as socket:  # it is begun anew, and goes on where it was saved
            await heard(socket, b"x30")


async def test_a_program_that_is_left_closes_its_page(served):
    async with served() as room, room.socket("a") as socket:
        await heard(socket, b"x30")
        await socket.send_json(["stdin", "q"])
        await closed(socket)
        await until(lambda: room.kept("a") == "left")
        await until(lambda: "0 of 8" in room.told[-1])


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_program_that_still_saves_is_waited_for_and_none_is_forgotten(served):
    pids = []
    async with served(most=2) as room:
        for _ in range(2):
            async with room.socket("a") as socket:
                pids.append(int((await heard(socket, b"x30")).split()[1]))
                assert not any(map(alive, pids[:-1])), "the one before has ended"
                await socket.send_json(["stdin", "slowly"])
                await closed(socket)
        async with room.socket("a") as socket:
            pids.append(int((await heard(socket, b"x30")).split()[1]))
            assert room.told[-1] == "a visitor came: 1 of 2 places taken"
    assert not any(map(alive, pids)), "with the server all have ended"


async def test_many_windows_at_once_on_one_run_and_in_quick_turns_are_one_program(served):
    pids = set()
    async with served(most=2, idle=0.01) as room:
        for turn in range(6):
            sockets = await asyncio.gather(*(room.socket("a") for _ in range(4)))
            if turn % 2:
                await until(lambda: room.server.visits._programs)
                pids |= {p._process.pid for p in room.server.visits._programs.values() if p.has_begun}
            await asyncio.gather(*(socket.close() for socket in sockets))
            assert len(room.server.visits._programs) <= 1
        async with room.socket("a") as socket:
            await socket.send_json(["stdin", "on"])
            await heard(socket, b"typed on")
            pids.add(room.server.visits._programs["a" * 22]._process.pid)
            await asyncio.sleep(0.1)  # longer than what nobody looks at goes on
            await socket.send_json(["stdin", "still"])
            await heard(socket, b"typed still")
    assert not any(map(alive, pids))


async def test_fifty_at_once_are_told_where_there_are_three_places(served):
    async with served(most=3) as room:
        names = [chr(ord("A") + n % 26) + "0123456789"[n // 26] for n in range(50)]

        async def come(name):
            socket = await room.client.ws_connect(f"/v/{name * 11}/socket")
            data = await heard(socket, b"x24") if name in first else (await socket.receive()).data
            return socket, data

        first = names[:3]
        inside = [await come(name) for name in first]
        outside = await asyncio.gather(*map(come, names[3:]))
        assert all("All 3 places are taken" in data.decode() for _, data in outside)
        for socket, _ in outside:
            await closed(socket)
        page = await room.client.get("/v/" + "z" * 22)
        assert (page.status, page.headers["Retry-After"]) == (503, "60")
        assert "All 3 places are taken: try again" in await page.text()
        for socket, _ in inside:
            await socket.send_json(["stdin", "on"])
            await heard(socket, b"typed on")
            await socket.close()


async def test_a_newcomer_gets_the_place_of_who_left_longest_ago(served):
    async with served(most=2) as room:
        for name in "ab":
            async with room.socket(name) as socket:
                await heard(socket, b"x30")
            await until(lambda name=name: not room.server.visits._programs[name * 22].is_seen)
        async with room.socket("c") as socket:
            await heard(socket, b"x30")
            assert room.kept("a") == "saved"
            assert room.kept("b") is None
            assert room.told[-1] == "a visitor came: 2 of 2 places taken"


async def test_who_vanishes_in_the_middle_of_a_frame_stops_nothing(served):
    async with served() as room:
        socket = await room.socket("a")
        await heard(socket, b"x30")
        await socket.send_json(["stdin", "flood"])
        await heard(socket, b"xxx")
        socket._response.connection.transport.abort()
        await until(lambda: room.kept("a") == "flooded")
        async with room.socket("a") as back:
            await back.send_json(["stdin", "on"])
            await heard(back, b"typed on")


async def test_a_download_is_one_whatever_it_is_called(served):
    async with served() as room, room.socket("a") as socket:
        await heard(socket, b"x30")
        await socket.send_json(["stdin", "file"])
        await heard(socket, b'["deliver_file_start", "k1"]')
        asking = asyncio.ensure_future(room.client.get("/download/k1"))
        await heard(socket, b'"deliver_chunk_request"')
        await room.server.download_manager.chunk_received("k1", b"")
        answer = await asking
        assert (
            answer.headers["Content-Disposition"] == "attachment; filename=download; filename*=UTF-8''%22evil%22%0A.zip"
        )


async def test_what_a_program_complains_of_is_kept_from_the_screen(served, capfd):
    async with served() as room:
        async with room.socket("a") as socket:
            await heard(socket, b"x30")
            await socket.send_json(["stdin", "q"])
            await closed(socket)
        await until(lambda: "0 of 8" in room.told[-1])
        assert "raw" in (room.folder / "complaints").read_text()
    assert "raw" not in "".join(capfd.readouterr())


async def test_at_the_end_all_are_saved_and_nobody_comes_in(served):
    async with served() as room:
        sockets = [await room.socket(name) for name in "abc"]
        for socket in sockets:
            await heard(socket, b"x30")
        await room.server.visits.end_all()
        assert [room.kept(name) for name in "abc"] == ["saved"] * 3
        assert (await room.client.get("/v/" + "d" * 22)).status == 503
