"""Lines for each folder of bot/ and tests/: physical lines of Python."""

from collections import Counter
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent


def count_lines() -> dict[str, int]:
    """Folder (two levels deep) -> physical lines of its Python files."""
    counted: Counter[str] = Counter()
    for top in ("bot", "tests"):
        for path in (PROJECT / top).rglob("*.py"):
            inside = path.relative_to(PROJECT).parts
            counted["/".join(inside[:2]) if len(inside) > 2 else inside[0]] += len(
                path.read_text(encoding="utf-8").splitlines()
            )
    return dict(sorted(counted.items()))


def main() -> None:
    counted = count_lines()
    for folder, lines in counted.items():
        print(f"{lines:7d}  {folder}")
    for top in ("bot", "tests"):
        print(f"{sum(n for name, n in counted.items() if name.split('/')[0] == top):7d}  {top} in all")


if __name__ == "__main__":
    main()
