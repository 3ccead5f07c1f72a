"""Runs analysis on a Dask cluster, behind the same interface as worker processes on one machine.

The bot speaks with the scheduler alone. It carries each job, until its result is fetched, so that
another worker takes over where one is lost.
"""

import asyncio
import ipaddress
import logging
import ssl
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeVar, cast
from urllib.parse import urlsplit
from uuid import uuid4

from analysis.errors import UnreadableFile
from bot.engine import TIME_LIMIT_SECONDS, OutOfReachError
from bot.settings import Settings

if TYPE_CHECKING:
    import distributed

    from bot.cluster_worker import Sealed

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

CONNECT_SECONDS = 5
FETCH_SECONDS = 60
# How long a job waits where the scheduler has no worker at all.
WITHOUT_WORKERS_SECONDS = 20.0
CHANCES = 2
THREADS = 4

log = logging.getLogger(__name__)


class ClusterRefusedError(Exception):
    """The settings of the cluster cannot be used; says so in one sentence for the operator."""


class _ConnectionLostError(Exception):
    """The scheduler went away amid a job."""


Certificates = tuple[str, str, str]
"""The files of the authority, of a certificate that it signed, and of the key of that."""


def cluster_of(settings: Settings) -> "DaskCluster":
    """The cluster that the settings name; it is reached at the first job.

    Raises ClusterRefusedError.
    """
    return DaskCluster(*address_and_certificates(settings))


def address_and_certificates(settings: Settings) -> tuple[str, Certificates | None]:
    """The scheduler's address, and what a `tls://` one takes. Raises ClusterRefusedError."""
    if find_spec("distributed") is None:
        raise ClusterRefusedError(
            "KLANTKOMPAS_CLUSTER needs what a cluster runs on, and that is not installed:"
            " run `make cluster`, or empty the setting."
        )
    address = settings.cluster if "://" in settings.cluster else f"tcp://{settings.cluster}"
    scheme, host = _scheme_and_host(address)
    files = (settings.cluster_ca, settings.cluster_cert, settings.cluster_key)
    if scheme == "tls" and not all(files):
        raise ClusterRefusedError(
            "A tls:// address was found in KLANTKOMPAS_CLUSTER: KLANTKOMPAS_CLUSTER_CA, _CERT and"
            " _KEY must name the files that go with it."
        )
    if scheme == "tcp" and not _is_this_machine(host) and not settings.cluster_plain:
        raise ClusterRefusedError(
            "KLANTKOMPAS_CLUSTER would send client data unencrypted to another machine: use a"
            " tls:// address, or KLANTKOMPAS_CLUSTER_PLAIN=true where the network itself encrypts."
        )
    return address, files if scheme == "tls" else None


def check_certificates(files: Certificates) -> None:
    """Reads the files as a connection would. Raises ClusterRefusedError."""
    authority, certificate, key = files
    try:
        context = ssl.create_default_context(cafile=authority)
    except OSError:
        raise ClusterRefusedError(
            "The file of KLANTKOMPAS_CLUSTER_CA cannot be read as a certificate."
        ) from None
    try:
        # Without an answer of its own, a key under a password would ask for it on the terminal.
        context.load_cert_chain(certificate, key, password="")
    except OSError:
        raise ClusterRefusedError(
            "The files of KLANTKOMPAS_CLUSTER_CERT and _KEY cannot be read as a certificate and"
            " its own key, without a password."
        ) from None


def _scheme_and_host(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
        usable = parts.scheme in {"tcp", "tls"} and parts.hostname and parts.port
    except ValueError:
        usable = False
    if not usable:
        raise ClusterRefusedError(
            "The address of a Dask scheduler was expected in KLANTKOMPAS_CLUSTER, as in"
            " tls://10.0.0.5:8786."
        )
    return parts.scheme, parts.hostname or ""


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class DaskCluster:
    """The workers of a Dask scheduler, each with its own worker processes and their limits.

    `certificates` are for a `tls://` address. `time_limit` and `without_workers` are in seconds.
    """

    def __init__(
        self,
        address: str,
        certificates: Certificates | None = None,
        *,
        time_limit: float = TIME_LIMIT_SECONDS,
        without_workers: float = WITHOUT_WORKERS_SECONDS,
    ) -> None:
        self._address = address
        self._certificates = certificates
        self._time_limit = time_limit
        self._look_seconds = without_workers / 2
        self._looked_at = 0.0
        self._has_workers = True
        # Dask's client waits where it is called; the conversation may not.
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="cluster")
        self._connection: Future[distributed.Client] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Leaves the cluster; its workers stop with what they did for this bot."""
        self._threads.shutdown(cancel_futures=True)
        if (client := _client_of(self._connection)) is not None:
            client.close()

    async def run(
        self, job: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Result:
        """See `bot.engine.Engine`."""
        from bot.cluster_worker import Failure, OtherRelease, open_result, seal_job

        key = f"{job.__name__}-{uuid4().hex}"
        sealed = await self._aside(seal_job, key, job, args, kwargs)
        found = await self._aside(open_result, await self._done(sealed))
        if isinstance(found, Failure):
            raise found.error
        if isinstance(found, OtherRelease):
            log.error("the workers run version %s, the bot another", found.release)
            raise OutOfReachError
        return cast("Result", found)

    async def _done(self, sealed: "Sealed") -> "Sealed":
        for _ in range(CHANCES):
            client = await self._client()
            try:
                return await self._done_by(client, sealed)
            except _ConnectionLostError:
                log.warning("job %s: the scheduler went away", sealed.key)
        raise OutOfReachError

    async def _done_by(self, client: "distributed.Client", sealed: "Sealed") -> "Sealed":
        task = await self._aside(_submit, client, sealed)
        try:
            await self._finished(client, task)
            return await self._aside(_fetch, task)
        finally:
            # Where nobody waits for it any more, the scheduler forgets it and its worker stops.
            task.release()

    async def _finished(self, client: "distributed.Client", task: "distributed.Future") -> None:
        """Waits until a task ended somehow. Raises OutOfReachError where no worker comes."""
        loop = asyncio.get_running_loop()
        ended = asyncio.Event()
        task.add_done_callback(lambda _: _tell(loop, ended))
        looks_in_vain = 0
        while looks_in_vain < 2:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._look_seconds):
                    await ended.wait()
                    return
            looks_in_vain = 0 if await self._sees_workers(client) else looks_in_vain + 1
        log.error("the scheduler has no workers")
        raise OutOfReachError

    async def _sees_workers(self, client: "distributed.Client") -> bool:
        """One look serves all jobs that wait."""
        now = time.monotonic()
        if now - self._looked_at >= self._look_seconds / 2:
            self._looked_at = now
            self._has_workers = await self._aside(_count_workers, client) > 0
        return self._has_workers

    async def _client(self) -> "distributed.Client":
        """The connection of all jobs. Raises OutOfReachError where there is no scheduler."""
        before = self._connection
        if before is None or (before.done() and not _is_alive(before)):
            self._connection = self._threads.submit(self._connect, _client_of(before))
        assert self._connection is not None
        try:
            # Who stops waiting does not stop it for the others.
            return await asyncio.shield(asyncio.wrap_future(self._connection))
        except Exception as error:
            log.warning("the cluster is out of reach: %s", type(error).__name__)
            raise OutOfReachError from None

    def _connect(self, before: "distributed.Client | None") -> "distributed.Client":
        from dask import config
        from distributed import Client, Security

        from bot.cluster_worker import JobsWithLimits

        _log_with_the_bot()
        # Its advice for large tasks would leave a lost worker's job without its data.
        config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"})
        if before is not None:
            before.close()
        security = None
        if self._certificates is not None:
            authority, certificate, key = self._certificates
            security = Security(
                tls_ca_file=authority,
                tls_client_cert=certificate,
                tls_client_key=key,
                require_encryption=True,
            )
        client = Client(
            self._address,
            security=security,
            timeout=CONNECT_SECONDS,
            set_as_default=False,
            name="klantkompas",
        )
        try:
            client.register_plugin(JobsWithLimits(self._time_limit))
        except BaseException:
            client.close()
            raise
        return client

    async def _aside(self, do: Callable[..., Result], *args: object) -> Result:
        """What would hold up the conversation, in a thread."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(do, *args))


def _is_alive(connection: "Future[distributed.Client]") -> bool:
    client = _client_of(connection)
    return client is not None and client.status == "running"


def _client_of(connection: "Future[distributed.Client] | None") -> "distributed.Client | None":
    if connection is None or not connection.done() or connection.cancelled():
        return None
    return connection.result() if connection.exception() is None else None


def _count_workers(client: "distributed.Client") -> int:
    """None, too, where the scheduler does not answer."""
    try:
        return len(client.sync(client.scheduler.ncores, callback_timeout=CONNECT_SECONDS))
    except OSError:
        return 0


def _submit(client: "distributed.Client", sealed: "Sealed") -> "distributed.Future":
    from bot.cluster_worker import run_sealed

    return client.submit(run_sealed, sealed, key=sealed.key, pure=False)


def _fetch(task: "distributed.Future") -> "Sealed":
    """What a finished task left. Raises UnreadableFile where it took several workers along."""
    from distributed import KilledWorker

    try:
        return cast("Sealed", task.result(timeout=FETCH_SECONDS))
    except KilledWorker:
        log.warning("job %s ended: several workers were lost with it", task.key)
        raise UnreadableFile("too_much_memory") from None
    except (CancelledError, OSError):
        raise _ConnectionLostError from None
    except Exception as error:
        log.error("the workers cannot do the bot's jobs: %s", type(error).__name__)
        raise OutOfReachError from None


def _tell(loop: asyncio.AbstractEventLoop, ended: asyncio.Event) -> None:
    # The bot may have stopped meanwhile.
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(ended.set)


def _log_with_the_bot() -> None:
    """Dask writes its log by itself; the bot's own leaves out the words of errors."""
    logger: Any = logging.getLogger("distributed")
    logger.handlers.clear()
    logger.propagate = True
