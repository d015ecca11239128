"""`smallprint judge` as a script would use it, on the shared labelled items and the stream, scored by the shared scorer.

python -m tests.bench.judge

How well unseen items are judged (cross-validation) is what `judging` tells: the shipped weights have seen these.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.bench.judging import read
from tests.bench.report import begin, figure
from tests.bench.room import SMALLPRINT, environment
from tests.shared import find_shared

LABELLED, STREAM, SCORER = "editorial/dev.jsonl", "editorial/stream-dev.jsonl.gz", "editorial/score.py"
ASKED = ("title", "url", "outlet", "date", "text")


def main() -> None:
    labelled, stream, scorer = (find_shared(name) for name in (LABELLED, STREAM, SCORER))
    if labelled is None or stream is None or scorer is None:
        sys.exit("The shared data is not here: set SMALLPRINT_SHARED to the folder that holds editorial/.")
    begin("judge: smallprint judge on the labelled items and the stream")
    with tempfile.TemporaryDirectory() as folder:
        for mode, path in (("labelled", labelled), ("stream", stream)):
            lines = read(path)
            verdicts, seconds = _judge(Path(folder), lines)
            figures = _score(scorer, mode, verdicts, path)
            (_show_labelled if mode == "labelled" else _show_stream)(figures)
            speed = f"{len(lines) / seconds:,.0f} a second"
            _figure(f"{mode}: {len(lines):,} items", f"{speed} ({seconds:.1f} s with start)")


def _judge(folder: Path, lines: Sequence[dict[str, Any]]) -> tuple[Path, float]:
    """Where the verdicts are, and how long the command took."""
    asked, told = folder / "items.jsonl", folder / "verdicts.jsonl"
    with asked.open("w", encoding="utf-8") as out:
        for line in lines:
            # Stream items bring the feed's summary instead of the page's text.
            item = {name: line.get(name) for name in ASKED} | {
                "text": line.get("text") or line.get("summary")
            }
            out.write(json.dumps({name: value for name, value in item.items() if value}) + "\n")
    began = time.monotonic()
    with told.open("wb") as out_bytes:
        subprocess.run(
            [SMALLPRINT, "judge", str(asked)], cwd=folder, env=environment(), stdout=out_bytes, check=True
        )
    return told, time.monotonic() - began


def _score(scorer: Path, mode: str, verdicts: Path, lines: Path) -> dict[str, Any]:
    command = [sys.executable, str(scorer), mode, str(verdicts), str(lines)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    figures: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return figures


def _show_labelled(figures: dict[str, Any]) -> None:
    names = {"relevance_sure": "relevance, sure items", "relevance_all": "relevance, all"}
    names |= {"platforms": "platforms", "stories_bcubed": "stories, B-cubed"}
    for key, name in names.items():
        found = figures[key]
        _figure(name, f"P {found['p']:.3f} R {found['r']:.3f} F1 {found['f']:.3f}")
    _figure("topics, macro F1", f"{figures['topic_macro_f1']:.3f}")


def _show_stream(figures: dict[str, Any]) -> None:
    for name, found in figures.items():
        shown = (
            f"{found['false_alerts_a_week']} false a week, {found['hits']} caught, {found['missed']} missed"
        )
        _figure(name, shown)


def _figure(name: str, value: str) -> None:
    figure(name, value, part="judge")


if __name__ == "__main__":
    main()
