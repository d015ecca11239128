"""How a figure is shown: what was measured, the bar it is held to, and the command that gives it alone."""

import os

from tests.bench.started import end_cleanly


def begin(what: str) -> None:
    """The line above a part's figures. It tells how busy the machine is: on a busy one figures look worse than they are."""
    end_cleanly()
    print(f"{what} (load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)", flush=True)


def figure(name: str, value: str, *, part: str, bar: str = "", kept: bool | None = None) -> None:
    """One line. `kept`: whether the bar is kept; None: there is no bar."""
    verdict = {None: "", True: f"bar {bar}: kept", False: f"bar {bar}: MISSED"}[kept]
    print(f"  {name:<36} {value:<46} {verdict:<22} python -m tests.bench {part}".rstrip(), flush=True)
