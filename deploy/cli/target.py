"""Which Schakel a command is about: the one that the environment describes, or an embedded one in a folder."""

import asyncio
import hashlib
import os
import socket
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path

from deploy.cli.screen import COMMAND
from deploy.embedded.data_folder import FolderInUse, RunningNote, in_use
from deploy.embedded.deployment import embedded_deployment, embedded_server
from deploy.embedded.postgres_server import PostgresServer
from deploy.install.deployments import Deployment, NoDeployment, from_environ
from deploy.install.secret_store import Secrets
from shared.kernel.settings import PREFIX
from shared.privacy.audit import Actor, Via

FOLDER = Path(".schakel")
WAIT_SECONDS, PAUSE_SECONDS = 30.0, 0.1


@asynccontextmanager
async def deployment(data: Path | None = None) -> AsyncIterator[Deployment]:
    """The one that is meant: `data` when it is given, else the environment's, else the one in `.schakel/`.

    An embedded server that does not run is started for the time being. Raises NoDeployment or as `in_use` does.
    """
    found = None if data else from_environ(os.environ)
    if found is not None:
        yield _commanded(found)
        return
    folder = data or FOLDER
    try:
        secrets = Secrets.load(folder)
    except (FileNotFoundError, NotADirectoryError):
        msg = (
            f"there is no Schakel in {folder}, and the environment names no database: start one with `schakel up`, "
            f"or set {PREFIX}INTAKE_DATABASE_URL and so on"
        )
        raise NoDeployment(msg) from None
    async with _answering(folder, embedded_server(folder, secrets)) as port:
        yield _commanded(embedded_deployment(folder, secrets, port))


def _commanded(found: Deployment) -> Deployment:
    """As it is for the command that runs: its audit lines name the command, and who is at the keyboard by a hash."""
    user = hashlib.sha256(f"{socket.gethostname()}:{os.getuid()}".encode()).hexdigest()[:16]
    return replace(found, actor=Actor(None, Via.COMMAND, user), command=COMMAND.get())


@asynccontextmanager
async def _answering(folder: Path, server: PostgresServer) -> AsyncIterator[int]:
    """The port of the folder's server: the one that Schakel runs, else one that is started for the time being.

    The folder is held as long as the server is ours to stop, so that nobody begins to use it meanwhile.
    """
    with ExitStack() as held:
        # One that ran already, though nobody holds the folder, is not ours to stop.
        if port := await _hold(folder, server, held) or server.port:
            yield port
            return
        async with server.running() as port:
            yield port


async def _hold(folder: Path, server: PostgresServer, held: ExitStack) -> int | None:
    """None: the folder is ours now; else the port at which Schakel serves it. Another command's end is awaited."""
    ends = asyncio.get_running_loop().time() + WAIT_SECONDS
    while True:
        try:
            held.enter_context(in_use(folder))
        except FolderInUse:
            # A note stands there only while Schakel itself runs, and not a command.
            if RunningNote(folder).read() and (port := server.port):
                return port
            if asyncio.get_running_loop().time() > ends:
                raise
        else:
            return None
        await asyncio.sleep(PAUSE_SECONDS)
