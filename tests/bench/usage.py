"""What processes cost: processor time and memory, from Linux's /proc (man 5 proc)."""

import os
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
# Fields of /proc/PID/stat, counted from the one after the name: state, ppid, ..., utime, stime, cutime, cstime.
PARENT, OWN_TIMES, REAPED_TIMES = 1, slice(11, 13), slice(13, 15)


@dataclass(frozen=True, slots=True)
class Usage:
    """Of one process and all below it, since they started.

    main_seconds      processor time of the process itself
    children_seconds  of its children, those that have ended included
    main_mb           resident memory of the process; `peak_mb` the most it ever was
    children_mb       resident memory of all children together; pages that they share count in each
    """

    main_seconds: float
    children_seconds: float
    main_mb: float
    peak_mb: float
    children_mb: float

    @property
    def seconds(self) -> float:
        return self.main_seconds + self.children_seconds


def usage_of(pid: int | None = None) -> Usage:
    """Of the process with this id; None: of this one. Exits with a sentence where there is no /proc."""
    if not (PROC / "self" / "stat").exists():
        raise SystemExit("These measurements read /proc, which only Linux has.")
    pid = pid or os.getpid()
    main = _Seen.of(pid)
    below = _descendants(pid)
    return Usage(
        main_seconds=main.own_seconds,
        children_seconds=main.reaped_seconds + sum(seen.own_seconds + seen.reaped_seconds for seen in below),
        main_mb=main.resident_mb,
        peak_mb=main.peak_mb,
        children_mb=sum(seen.resident_mb for seen in below),
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    pid: int
    parent: int
    own_seconds: float
    reaped_seconds: float
    resident_mb: float
    peak_mb: float

    @classmethod
    def of(cls, pid: int) -> "_Seen":
        """Raises OSError when there is no such process (any more)."""
        # The name stands in brackets and may hold anything, so fields are counted from its end.
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        status = (PROC / str(pid) / "status").read_text().splitlines()
        lines = dict(line.split(":", 1) for line in status)
        return cls(
            pid,
            int(fields[PARENT]),
            sum(map(int, fields[OWN_TIMES])) / TICKS_A_SECOND,
            sum(map(int, fields[REAPED_TIMES])) / TICKS_A_SECOND,
            _megabytes(lines.get("VmRSS", "0 kB")),
            _megabytes(lines.get("VmHWM", "0 kB")),
        )


def _megabytes(text: str) -> float:
    return int(text.split()[0]) / 1024


def _descendants(pid: int) -> list[_Seen]:
    everybody = []
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            try:
                everybody.append(_Seen.of(int(folder.name)))
            except OSError:
                continue  # it ended while we looked
    found, parents = [], {pid}
    while below := [seen for seen in everybody if seen.parent in parents]:
        found += below
        parents = {seen.pid for seen in below}
    return found
