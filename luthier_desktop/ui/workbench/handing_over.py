"""What a second start and the first window say to each other, over a socket of this user."""

from __future__ import annotations

import os
import re
import secrets
import sys
import time
from collections import deque
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from luthier_desktop.ui.widgets.pauses import pause

ANSWER = b"ok"
LONGEST_MESSAGE = 32 * 1024
_GREETING = b"luthier-open "
_MESSAGE = re.compile(rb"luthier-open (?P<number>[0-9a-f]{16}) (?P<path>[^\0]*)\0", re.DOTALL)
_END = b"\0"
_ANSWER_MS = 3000
_IDLE_MS = 5000
_MOST_CALLERS = 8
_MOST_REMEMBERED = 64
_NAME = re.compile(r"luthier-desktop-[0-9a-f]{32}")


class Request(NamedTuple):
    """What a later start asks for: its own number, and a file or ""."""

    number: str
    file: str


class Ears(QObject):
    """Listens for later starts; ``asked`` carries the file of one, "" when it was given none."""

    asked = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heard: dict[QLocalSocket, bytes] = {}
        self._answered: deque[str] = deque(maxlen=_MOST_REMEMBERED)
        self._idle = pause(self, _IDLE_MS)
        self._idle.timeout.connect(self._forget_all)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(_MOST_CALLERS)
        self._server.newConnection.connect(self._greet)

    def listen(self) -> str:
        """Listen under a name that nobody can guess; return the address, "" on a failure."""
        if not self._server.listen(f"luthier-desktop-{secrets.token_hex(16)}"):
            return ""
        return self._server.fullServerName()

    def close(self) -> None:
        """Hear no more."""
        self._idle.stop()
        self._forget_all()
        self._server.close()

    def _greet(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            if len(self._heard) >= _MOST_CALLERS:
                socket.abort()
                socket.deleteLater()
                continue
            self._heard[socket] = b""
            socket.readyRead.connect(self._read)
            socket.disconnected.connect(self._sweep)
            self._idle.start()
            self._hear(socket)

    def _read(self) -> None:
        for socket in tuple(self._heard):
            self._hear(socket)

    def _hear(self, socket: QLocalSocket) -> None:
        room = LONGEST_MESSAGE + 1 - len(self._heard[socket])
        self._heard[socket] += bytes(socket.read(room).data())
        message = self._heard[socket]
        if _END not in message and len(message) <= LONGEST_MESSAGE:
            return
        request = read_message(message)
        if request is not None:
            socket.write(ANSWER)
            socket.flush()
        self._forget(socket)
        if request is not None and request.number not in self._answered:
            self._answered.append(request.number)  # who got no answer in time asks again
            self.asked.emit(request.file)

    def _sweep(self) -> None:
        for socket in tuple(self._heard):
            if socket.state() == QLocalSocket.LocalSocketState.UnconnectedState:
                self._forget(socket)

    def _forget_all(self) -> None:
        for socket in tuple(self._heard):
            self._forget(socket)

    def _forget(self, socket: QLocalSocket) -> None:
        if self._heard.pop(socket, None) is not None:
            socket.disconnectFromServer()
            socket.deleteLater()


def message_of(file: str) -> bytes:
    """Write what a later start says: a number of its own, and the absolute path of its file."""
    path = os.fsencode(Path(file).absolute()) if file else b""
    return _GREETING + secrets.token_hex(8).encode("ascii") + b" " + path + _END


def read_message(message: bytes) -> Request | None:
    """Read what a later start says; None when it is not one of ours."""
    match = _MESSAGE.fullmatch(message)
    if match is None or len(message) > LONGEST_MESSAGE:
        return None
    try:
        file = os.fsdecode(match["path"])
    except UnicodeDecodeError:
        return None
    if file and not Path(file).is_absolute():
        return None
    return Request(match["number"].decode("ascii"), file)


def hand_over(address: str, message: bytes) -> bool:
    """Ask the window at *address* to come forward; tell whether it said that it will."""
    if not address:
        return False
    _let_it_come_to_the_front()
    socket = QLocalSocket()
    socket.connectToServer(address)
    if not socket.waitForConnected(_ANSWER_MS):
        return False
    socket.write(message)
    answer = b""
    until = time.monotonic() + _ANSWER_MS / 1000
    while len(answer) < len(ANSWER) and time.monotonic() < until:
        if not socket.bytesAvailable() and not socket.waitForReadyRead(_ANSWER_MS):
            break
        answer += bytes(socket.readAll().data())
    socket.abort()
    return answer == ANSWER


def clear_away(address: str) -> None:
    """Remove the socket of a window that ended without a word; only the guard's holder may."""
    if _NAME.fullmatch(Path(address).name):
        QLocalServer.removeServer(address)


def _let_it_come_to_the_front() -> None:
    if sys.platform == "win32":  # only the program in front may allow that
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)
