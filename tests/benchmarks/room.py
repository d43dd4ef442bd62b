"""Two hundred phones in the room, over its real protocol: how soon they have the next scene, and is every answer there?

Run it alone on the machine: `uv run python tests/benchmarks/room.py [PHONES]`. It starts `beyond serve` on the shipped
studies, lets so many phones follow (one connection of Server-Sent Events each), moves the talk as the stage does, sends
as many answers within ten seconds as there are phones, and prints one line for each figure. Exit status 1 where a
promise is broken: every phone has every scene, p95 below 2 s, every answer counted once.
"""

import asyncio
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

PHONES = int(sys.argv[1]) if len(sys.argv) > 1 else 200
SCENES = ("why-safety-ii", "written-and-done", "three-tools", "guess-the-forms")
STUDY, WITHIN, LONGEST = "demo-round-2", 10.0, 20.0
PROGRAM = [sys.executable, "-c", "from dashboard.cli import main; main()"]


async def ask(port: int, method: str, path: str, body: object = None, origin: str = "") -> tuple[int, str]:
    """Return status and text of one request."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    data = json.dumps(body).encode() if body is not None else b""
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n"
        f"Origin: {origin or f'http://127.0.0.1:{port}'}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(data)}\r\n\r\n"
    )
    writer.write(head.encode() + data)
    answer = await asyncio.wait_for(reader.read(), 60)
    writer.close()
    return int(answer.split()[1]), answer.partition(b"\r\n\r\n")[2].decode("utf-8", "replace")


class Phone:
    """A follower: when it had which scene."""

    def __init__(self) -> None:
        self.had: dict[str, float] = {}
        self.bytes = 0

    async def follow(self, port: int) -> None:
        """Read events until it is cancelled."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
        writer.write(b"GET /events?lang=en HTTP/1.1\r\nHost: x\r\n\r\n")
        try:
            while line := await reader.readline():
                self.bytes += len(line)
                if line.startswith(b"data: "):
                    scene = json.loads(line[6:])["scene"]
                    self.had.setdefault(scene["id"] if scene else "", time.perf_counter())
        finally:
            writer.close()


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])


def memory(group: int) -> float:
    """Return the resident memory of the largest process of a group, in MB."""
    found = [0.0]
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError):
            if os.getpgid(int(entry.name)) == group:
                pages = int((entry / "statm").read_text().split()[1])
                found.append(pages * os.sysconf("SC_PAGE_SIZE") / 1e6)
    return max(found)


async def until(is_so, seconds: float) -> bool:
    """Wait until something holds, so long at most; tell whether it does."""
    end = time.perf_counter() + seconds
    while not is_so() and time.perf_counter() < end:
        await asyncio.sleep(0.02)
    return bool(is_so())


async def measure(port: int, room: int, group: int) -> bool:
    """Print the figures; tell whether every promise holds."""

    async def go(scene: str, reveal: int = 0) -> float:
        began = time.perf_counter()
        status, text = await ask(port, "POST", "/stage/at", {"study": STUDY, "scene": scene, "reveal": reveal})
        assert status == 200, text
        return began

    await go("welcome")
    await ask(room, "GET", "/now?lang=en")
    before = memory(group)
    phones = [Phone() for _ in range(PHONES)]
    following = [asyncio.create_task(phone.follow(room)) for phone in phones]
    everybody = await until(lambda: all("welcome" in phone.had for phone in phones), LONGEST)
    print(f"phones that follow: {sum('welcome' in phone.had for phone in phones)} of {PHONES}")
    print(f"memory of the server: {before:.0f} MB, with the phones {memory(group):.0f} MB: "
          f"{(memory(group) - before) * 1000 / PHONES:.0f} kB a phone")  # fmt: skip
    late = []
    for scene in SCENES:
        began = await go(scene)
        everybody &= await until(lambda scene=scene: all(scene in phone.had for phone in phones), LONGEST)
        waits = sorted(phone.had[scene] - began for phone in phones if scene in phone.had)
        late += waits
        print(f"{scene}: {len(waits)} have it; median {statistics.median(waits):.3f} s, last {waits[-1]:.3f} s")
    p95 = sorted(late)[int(len(late) * 0.95)]
    print(f"key to phone, p95 over all scenes: {p95:.3f} s")
    sent, told = await answers(room)
    counted = json.loads((await ask(port, "GET", f"/stage/now?study={STUDY}&scene={SCENES[-1]}"))[1])["counts"]
    print(f"answers: {PHONES} sent within {sent:.1f} s, {told} taken, {sum(counted)} counted: {counted}")
    print(f"bytes on a phone for {len(SCENES) + 1} scenes: {statistics.mean(phone.bytes for phone in phones):.0f}")
    print(f"memory at the end: {memory(group):.0f} MB")
    for task in following:
        task.cancel()
    await asyncio.gather(*following, return_exceptions=True)
    return everybody and p95 < 2 and told == sum(counted) == PHONES


async def answers(room: int) -> tuple[float, int]:
    """Send an answer from every phone, half of them twice; return how long it took and how many were taken."""
    began, rng = time.perf_counter(), random.Random(7)

    async def send(at: int) -> bool:
        await asyncio.sleep(rng.random() * (WITHIN - 2))
        body = {"device": f"{at:032x}", "scene": SCENES[-1], "value": at % 8}
        status, _text = await ask(room, "POST", "/answer", body)
        if at % 2:  # the wireless network lost the answer to it: the phone sends it again
            await asyncio.sleep(0.5)
            status, _text = await ask(room, "POST", "/answer", body)
        return status == 200

    taken = await asyncio.gather(*(send(at) for at in range(PHONES)))
    return time.perf_counter() - began, sum(taken)


def main() -> int:
    """Start the server, measure, stop it."""
    port, room = free_port(), free_port()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "server.log"
        options = ["--store", f"{folder}/store", "--port", str(port), "--room-port", str(room)]
        with log.open("w") as out:
            running = subprocess.Popen(
                [*PROGRAM, "serve", *options], stdout=out, stderr=out, start_new_session=True
            )  # fmt: skip
        try:
            asyncio.run(ready(port, room))
            return 0 if asyncio.run(measure(port, room, running.pid)) else 1
        finally:
            os.killpg(running.pid, signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                running.wait(10)
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)


async def ready(port: int, room: int) -> None:
    """Wait until both ports answer."""
    for _attempt in range(300):
        with suppress(OSError, IndexError):
            if (await ask(port, "GET", "/_stcore/health"))[0] == (await ask(room, "GET", "/"))[0] == 200:
                return
        await asyncio.sleep(0.3)
    raise SystemExit("The server did not start.")


if __name__ == "__main__":
    raise SystemExit(main())
