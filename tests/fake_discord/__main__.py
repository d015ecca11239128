"""Run the fake as a process: `python -m tests.fake_discord --port 0 --channels 500 --limits`.

Prints one line of JSON with its address and token once it listens; ends on SIGTERM or SIGINT.
"""

import argparse
import asyncio
import json
import signal
from datetime import timedelta

from tests.fake_discord.server import FakeDiscord


async def serve(arguments: argparse.Namespace) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    fake = FakeDiscord(port=arguments.port)
    while len(fake.world.places) < arguments.channels:
        fake.add_channel(f"channel-{len(fake.world.places) + 1}")
    fake.limits.on = arguments.limits
    fake.latency_seconds = arguments.latency
    fake.world.nonce_window = timedelta(seconds=arguments.nonce_window)
    async with fake:
        print(json.dumps({"api_url": fake.api_url, "url": fake.url, "token": fake.token}), flush=True)
        await stopped.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument(
        "--channels", type=int, default=1, help="text channels, ids from 1001 on, in server 500"
    )
    parser.add_argument("--limits", action="store_true", help="count and refuse as Discord does")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument(
        "--nonce-window", type=float, default=300.0, help="seconds that a nonce is remembered"
    )
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
