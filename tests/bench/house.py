"""How easy the tree is to walk, in figures: `python -m tests.bench.house`. Reads the source, runs nothing of it."""

import ast
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
BOT = PROJECT / "bot"
LOGIC = BOT / "logic"


def main() -> None:
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(BOT.rglob("*.py"))}
    arrows = room_arrows(trees)
    rooms = sorted({room_of(path) for path in trees if LOGIC in path.parents} - {""})
    lengths = {path: _lines(path) for path in trees}
    sizes: Counter[str] = Counter()
    for path, lines in lengths.items():
        if LOGIC in path.parents:
            sizes[room_of(path)] += lines
    largest = max((room for room in rooms if room != "terms"), key=lambda room: sizes[room])
    longest = max(lengths, key=lambda path: lengths[path])
    twice = classes_named_twice(trees)
    print(f"rooms / arrows / floors of logic    {len(rooms)} / {len(arrows)} / {floors(rooms, arrows)}")
    print(f"largest room outside terms          {largest}, {sizes[largest]} lines")
    print(f"Python lines in bot                 {sum(lengths.values())}")
    print(f"longest file                        {longest.relative_to(PROJECT)}, {lengths[longest]} lines")
    print(f"ports.py                            {lengths[BOT / 'ports.py']} lines")
    print(f"class names used twice              {len(twice)}  {' '.join(twice)}")
    print(f"imports inside functions            {sum(map(inner_imports, trees.values()))}")
    print(f"broad excepts                       {sum(map(broad_excepts, trees.values()))}")
    print(f"patches in tests                    {sum(map(patches, (PROJECT / 'tests').rglob('*.py')))}")
    print(f"README lines                        {_lines(PROJECT / 'README.md')}")


def room_of(path: Path) -> str:
    """The folder of logic that a file is in; empty for logic itself."""
    parts = path.relative_to(LOGIC).parts
    return parts[0] if len(parts) > 1 else ""


def room_arrows(trees: dict[Path, ast.Module]) -> set[tuple[str, str]]:
    """Which room imports from which."""
    arrows = set()
    for path, tree in trees.items():
        if LOGIC not in path.parents:
            continue
        for module in _imported(tree):
            parts = module.split(".")
            if parts[:2] == ["bot", "logic"] and len(parts) > 2 and parts[2] != room_of(path):
                arrows.add((room_of(path), parts[2]))
    return arrows


def floors(rooms: Iterable[str], arrows: set[tuple[str, str]]) -> int:
    """The length of the longest way down. Raises RecursionError when rooms stand in a circle."""
    below = defaultdict(set)
    for upper, lower in arrows:
        below[upper].add(lower)

    def depth(room: str) -> int:
        return 1 + max(map(depth, below[room]), default=0)

    return max(map(depth, rooms))


def classes_named_twice(trees: dict[Path, ast.Module]) -> list[str]:
    """Public class names that two or more modules define."""
    named = Counter(
        node.name
        for tree in trees.values()
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    return sorted(name for name, count in named.items() if count > 1)


def inner_imports(tree: ast.Module) -> int:
    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    return len({id(n) for function in functions for n in ast.walk(function) if _is_import(n)})


def broad_excepts(tree: ast.Module) -> int:
    handlers = (n for n in ast.walk(tree) if isinstance(n, ast.ExceptHandler))
    return sum(
        1 for h in handlers if isinstance(h.type, ast.Name) and h.type.id in {"Exception", "BaseException"}
    )


def patches(path: Path) -> int:
    """Uses of monkeypatch.setattr and mock.patch: a part was replaced where a real one would be better."""
    if "node_modules" in path.parts:
        return 0
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = (n.func for n in ast.walk(tree) if isinstance(n, ast.Call))
    return sum(1 for call in calls if ast.unparse(call) in {"monkeypatch.setattr", "mock.patch", "patch"})


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def _is_import(node: ast.AST) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


if __name__ == "__main__":
    main()
