"""compare_terms: two versions of a terms page, or a folder of many, and what changed about AI."""

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.errors import ConfigError, RefusedError
from bot.logic.terms.read.lexicon import Lexicon
from bot.logic.terms.watch.compare import compare, compare_with
from bot.logic.terms.watch.memory import Memory
from bot.model import ClauseChange, TermsAlert

_LEXICON = Path(__file__).parents[2] / "data" / "terms"


def read_lexicon() -> Lexicon:
    """The words that came with Smallprint, one file a language. Raises ConfigError when they cannot be used."""
    fix = "Install Smallprint again: this file came with it"
    languages = {}
    for path in sorted(_LEXICON.glob("*.toml")):
        try:
            languages[path.stem] = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise ConfigError(f"bot/data/terms/{path.name}", f"it cannot be read ({error})", fix) from error
    return Lexicon(languages)


def read_version(path: Path) -> str:
    """The file as it is: line ends stay, so that spans count the file's own characters. Raises RefusedError."""
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except OSError as error:
        raise RefusedError(f"{path} cannot be read ({error.strerror}). Check the path.") from error


def compare_files(before: Path, after: Path, seen: Sequence[Path] = ()) -> tuple[ClauseChange, ...]:
    """As logic.terms.compare, from files. Raises RefusedError for a file that cannot be read."""
    versions = [read_version(path) for path in seen]
    return compare(read_version(before), read_version(after), read_lexicon(), versions)


def replay(folder: Path) -> Iterator[TermsAlert]:
    """The alerts that people would have got, oldest first: one for each version with something urgent in it.

    folder  versions of one document; their names sort by time. The first is what was there: it never alerts.
    Raises RefusedError when the folder holds no versions.
    """
    paths = _versions(folder)
    lexicon = read_lexicon()
    memory = Memory(lexicon.hints_at_ai)
    before = read_version(paths[0])
    for path in paths[1:]:
        after = read_version(path)
        urgent = [change for change in compare_with(memory, before, after, lexicon) if change.urgent]
        if urgent:
            yield TermsAlert(path.name, tuple(sorted(urgent, key=lambda c: -c.stance.confidence)))
        before = after


def _versions(folder: Path) -> list[Path]:
    try:
        paths = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    except OSError as error:
        raise RefusedError(
            f"{folder} cannot be read ({error.strerror}). Name a folder of versions."
        ) from error
    if not paths:
        raise RefusedError(f"{folder} holds no files. Name a folder of versions, one file each.")
    return paths
