"""All measurements in order, or one: python -m tests.bench [PART [its options]].

Each part is a process of its own, so that one that fails or needs much memory changes nothing for the others.
"""

import subprocess
import sys

from tests.bench.started import end_cleanly, started
from tests.shared import PROJECT

PARTS = {
    "polling": "200 real feeds: cold, unchanged, slow; processor time, memory",
    "replay": "14 days of three real feeds hour by hour: which posts, processor time",
    "judge": "smallprint judge on the labelled items and the stream, scored",
    "judging": "the same judgement by weights that never saw the items",
    "clustering": "entries folded into stories; one entry among 100,000 stories",
    "outbox": "2,000 deliveries over 500 channels under Discord's limits",
    "commands": "Discord commands from interaction to answer at 10,000 subscriptions and 100,000 stories",
    "idle": "start-up to READY, then ten minutes with 150 sources",
    "site": "the public site over 100,000 stories: pages made anew and cached, sizes",
    "terms_pages": "60 terms pages fetched, made text of, checked and compared: processor time",
    "lines": "lines per folder of bot/ and tests/",
}


def main() -> None:
    chosen, *options = sys.argv[1:] or ["all"]
    if chosen not in (*PARTS, "all") or (chosen == "all" and options):
        told = "\n".join(f"  {name:<12} {what}" for name, what in PARTS.items())
        print(f"{__doc__}\nParts:\n{told}", file=sys.stderr)
        sys.exit(0 if chosen in ("-h", "--help") else 2)
    end_cleanly()
    parts = PARTS if chosen == "all" else [chosen]
    missed: list[str] = []
    failed: list[str] = []
    for part in parts:
        print(f"== {part}    (alone: python -m tests.bench {part})", flush=True)
        if not _ran(part, options, missed):
            failed.append(part)
        print(flush=True)
    if missed:
        print("Bars missed:", *missed, sep="\n")
    if failed:
        print(f"Not measured: {', '.join(failed)}; why stands above.")
    sys.exit(1 if failed else 0)


def _ran(part: str, options: list[str], missed: list[str]) -> bool:
    """Whether the part came to its end; lines that tell of a missed bar are added to `missed`."""
    command = [sys.executable, "-m", f"tests.bench.{part}", *options]
    with started(command, cwd=PROJECT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            if ": MISSED" in line:
                missed.append(line.rstrip())
        # It has closed its output, but must come to its own end for its exit code to tell anything.
        process.wait()
    return process.returncode == 0


if __name__ == "__main__":
    main()
