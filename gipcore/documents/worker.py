"""Reading in a process of its own, with bounds on time and memory: for documents of strangers.

The process has none of our environment, hands back plain JSON, and is killed when it overruns.
"""

import atexit
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, LifoQueue
from selectors import EVENT_READ, DefaultSelector
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import IO, Any

from gipcore.documents.document_json import document_from_plain, document_to_plain
from gipcore.documents.limits import LIMITS, too_large
from gipcore.documents.model import Document
from gipcore.errors import GipError, UnreadableDocumentError

ROOT = Path(__file__).resolve().parents[2]
BOOT = (
    "import sys; sys.path.insert(0, sys.argv[1]); import gipcore.documents.worker as w; w.serve()"
)
PASSED_ON = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH")
PIECE = 1 << 16
LENGTH_BYTES = 8
MAX_ANSWER = 1 << 28
RETIRE_AFTER = 200  # documents; what a library leaks goes with the process
CONVERTING_SECONDS = LIMITS.conversion_seconds + LIMITS.seconds
Outcome = tuple[str, Document | GipError]


def read_document_bounded(
    data: bytes,
    file_name: str,
    *,
    seconds: float | None = None,
    memory_bytes: int = LIMITS.memory_bytes,
) -> Document:
    """Read a document of unknown origin; like `read_document`, but bounded.

    Without `seconds`, a file that LibreOffice must convert has its time on top. Raises
    UnreadableDocumentError, with `limits_exceeded` when the process was stopped or died.
    """
    ((_, outcome),) = _ask(data, file_name, seconds, memory_bytes, has_many=False)
    if isinstance(outcome, GipError):
        raise outcome
    return outcome


def read_documents_bounded(
    data: bytes,
    file_name: str,
    *,
    seconds: float | None = None,
    memory_bytes: int = LIMITS.memory_bytes,
) -> tuple[Outcome, ...]:
    """Read each document of an archive, or the one of another file; the bounds are for each.

    When the process is stopped, the last outcome is that error, under the archive's own name.
    """
    return tuple(_ask(data, file_name, seconds, memory_bytes, has_many=True))


def _ask(
    data: bytes, file_name: str, seconds: float | None, memory_bytes: int, *, has_many: bool
) -> Iterator[Outcome]:
    if len(data) > LIMITS.file_bytes:
        raise too_large(file_name, f"larger than {LIMITS.file_bytes >> 20} MiB")
    request = {
        "name": file_name,
        "size": len(data),
        "has_many": has_many,
        "cpu_seconds": seconds or LIMITS.seconds,
        "memory_bytes": memory_bytes,
    }
    with _worker() as worker:
        yield from worker.ask(request, data, seconds or CONVERTING_SECONDS)


@dataclass(slots=True)
class _Stopped(Exception):  # noqa: N818 - a signal between the parts of this module
    """The process has ended, or had to be ended."""

    reason: str


class _Worker:
    """One reading process and the pipes to it."""

    def __init__(self) -> None:
        # What the process and its converter leave behind goes with the folder.
        self._folder = TemporaryDirectory(prefix="gip-worker-", ignore_cleanup_errors=True)
        environment = {key: os.environ[key] for key in PASSED_ON if key in os.environ}
        environment |= {"HOME": self._folder.name, "TMPDIR": self._folder.name}
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-c", BOOT, str(ROOT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**environment, "PYTHONDONTWRITEBYTECODE": "1"},
            cwd="/",
        )
        self.documents = 0

    def ask(self, request: dict[str, Any], data: bytes, seconds: float) -> Iterator[Outcome]:
        """Yield what the process answers; each answer may take as long as said."""
        file_name = request["name"]
        try:
            self._send(request, data)
            while True:
                answer = self._answer(time.monotonic() + seconds)
                if answer is None:
                    return
                self.documents += 1
                yield answer["name"], _outcome(answer)
        except _Stopped as stopped:
            self.stop()
            yield (
                file_name,
                UnreadableDocumentError(
                    f"{file_name}: reading was stopped, since it took {stopped.reason}; the file "
                    "is damaged or made to do harm. Save the report anew as .docx or PDF",
                    code="limits_exceeded",
                ),
            )

    @property
    def is_usable(self) -> bool:
        """Tell whether the process can read another document."""
        return self._process.poll() is None and self.documents < RETIRE_AFTER

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()
        self._folder.cleanup()

    def _send(self, request: dict[str, Any], data: bytes) -> None:
        pipe = self._process.stdin
        if pipe is None:
            raise _Stopped("no input")
        try:
            _write(pipe, json.dumps(request).encode())
            pipe.write(data)
            pipe.flush()
        except (BrokenPipeError, OSError):
            raise _Stopped(self._reason()) from None

    def _answer(self, deadline: float) -> dict[str, Any] | None:
        length = int.from_bytes(self._receive(LENGTH_BYTES, deadline), "big")
        if length > MAX_ANSWER:
            raise _Stopped("more memory than a document may")
        answer = json.loads(self._receive(length, deadline))
        return answer if isinstance(answer, dict) else None

    def _receive(self, count: int, deadline: float) -> bytes:
        """Return so many bytes from the process, or raise when the time is over or it died."""
        pipe = self._process.stdout
        if pipe is None:
            raise _Stopped("no output")
        parts: list[bytes] = []
        with DefaultSelector() as selector:
            selector.register(pipe, EVENT_READ)
            while count:
                left = deadline - time.monotonic()
                if left <= 0 or not selector.select(left):
                    raise _Stopped("longer than a document may")
                part = os.read(pipe.fileno(), min(count, PIECE))
                if not part:
                    raise _Stopped(self._reason())
                parts.append(part)
                count -= len(part)
        return b"".join(parts)

    def _reason(self) -> str:
        try:
            code = self._process.wait(1)
        except subprocess.TimeoutExpired:
            return "longer than a document may"
        return f"more time or memory than a document may (ended with {code})"


def _outcome(answer: dict[str, Any]) -> Document | GipError:
    if "document" in answer:
        return document_from_plain(answer["document"])
    return UnreadableDocumentError(answer["message"], code=answer["code"])


_idle: LifoQueue[_Worker] = LifoQueue()
_places = BoundedSemaphore(max(2, os.cpu_count() or 1))


@contextmanager
def _worker() -> Iterator[_Worker]:
    """Lend a process; as many read at once as there are processors."""
    with _places:
        worker = _taken()
        try:
            yield worker
        except GeneratorExit:
            worker.stop()  # the caller went away amid an answer
            raise
        finally:
            if worker.is_usable:
                _idle.put(worker)
            else:
                worker.stop()


def _taken() -> _Worker:
    while True:
        try:
            worker = _idle.get_nowait()
        except Empty:
            return _Worker()
        if worker.is_usable:
            return worker
        worker.stop()


@atexit.register
def stop_workers() -> None:
    """End all idle processes."""
    while True:
        try:
            _idle.get_nowait().stop()
        except Empty:
            return


def _write(pipe: IO[bytes], content: bytes) -> None:
    pipe.write(len(content).to_bytes(LENGTH_BYTES, "big") + content)


def serve() -> None:
    """Read documents for the process above, until it closes the pipe."""
    # What a library prints must not mix with our answers.
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while length := requests.read(LENGTH_BYTES):
        request = json.loads(requests.read(int.from_bytes(length, "big")))
        data = requests.read(request["size"])
        _bound(request["cpu_seconds"], request["memory_bytes"])
        for answer in _answers(request, data):
            _write(answers, json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
            answers.flush()
        _write(answers, b"null")
        answers.flush()


def _bound(cpu_seconds: float, memory_bytes: int) -> None:
    """Set the soft limits for the next document; the kernel ends us when we pass them."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = usage.ru_utime + usage.ru_stime
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used + cpu_seconds) + 1, hard))
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answers(request: dict[str, Any], data: bytes) -> Iterator[dict[str, Any]]:
    from gipcore.documents.archive import documents_within
    from gipcore.documents.reader import read_document

    name = request["name"]
    try:
        if not request["has_many"]:
            yield {"name": name, "document": document_to_plain(read_document(data, name))}
            return
        for own_name, outcome in documents_within(data, name):
            if isinstance(outcome, GipError):
                yield {"name": own_name, "code": outcome.code, "message": outcome.message}
            else:
                yield {"name": own_name, "document": document_to_plain(outcome)}
            _bound(request["cpu_seconds"], request["memory_bytes"])
    except GipError as error:
        yield {"name": name, "code": error.code, "message": error.message}
    except (MemoryError, RecursionError):
        yield {
            "name": name,
            "code": "limits_exceeded",
            "message": f"{name}: reading took more memory than a document may; save the report "
            "anew as .docx or PDF",
        }
