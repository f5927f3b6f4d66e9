"""Files that visitors send: bounded in number, size, time, and by Streamlit's own token."""

import secrets

import anyio
import pytest

from gipcore.web.uploads import UploadsMiddleware

PATH = "/_stcore/upload_file/session/file"


def request(method="PUT", path=PATH, length=None):
    headers = [] if length is None else [(b"content-length", str(length).encode())]
    return {"type": "http", "method": method, "path": path, "headers": headers}


async def nothing():
    await anyio.sleep_forever()


def asked(*requests, held=0, **bounds):
    """Return what is answered to requests that all come at once; the site never ends by itself."""

    async def run():
        answers = []
        may_end = anyio.Event()

        async def site(scope, receive, send):
            await may_end.wait()
            await send({"type": "http.response.start", "status": 204, "headers": []})

        async def send(message):
            if message["type"] == "http.response.start":
                answers.append(message["status"])

        guard = UploadsMiddleware(site, lambda: held, **bounds)
        async with anyio.create_task_group() as tasks:
            for scope in requests:
                tasks.start_soon(guard, scope, nothing, send)
            await anyio.wait_all_tasks_blocked()
            if guard.seconds < 1:
                await anyio.sleep(guard.seconds * 2)
            may_end.set()
        assert guard.under_way == 0
        return answers

    return anyio.run(run)


def test_uploads_beyond_the_most_are_refused():
    assert asked(request(), request(), request(), most_at_once=2) == [503, 204, 204]


def test_uploads_are_refused_when_too_much_is_held():
    assert asked(request(length=10), held=95, most_held=100) == [503]
    assert asked(request(length=5), held=95, most_held=100) == [204]
    assert asked(request(), held=101, most_held=100) == [503]
    assert asked(request(length="-5"), held=95, most_held=100) == [204]


def test_upload_that_takes_too_long_is_given_up():
    assert asked(request(), seconds=0.05) == [503]


def test_everything_else_is_let_through():
    others = [request("DELETE"), request("OPTIONS"), request("PUT", "/elsewhere"), request("GET")]
    assert asked(*others, held=101, most_held=100, most_at_once=0) == [204] * 4


@pytest.mark.parametrize("target", ["/_stcore/upload_file/a/b", "/_stcore/upload_file/a/../b"])
def test_file_without_the_token_of_the_visit_is_refused(server, target):
    connection = server.connect()
    try:
        connection.request("PUT", target, body=secrets.token_bytes(1000))
        assert connection.getresponse().status in (403, 404)
    finally:
        connection.close()
