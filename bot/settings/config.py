"""The folder config/ as one value: sources, platforms, topics, terms pages, and what is wrong with them."""

from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import ConfigError
from bot.model import Document, Entity, Source, TopicLabel
from bot.settings.history import History, load_history
from bot.settings.platforms import load_platforms
from bot.settings.problems import Problem
from bot.settings.sources import load_sources
from bot.settings.terms import load_documents
from bot.settings.topics import load_topics

PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Config:
    """What the operator's files say. `problems` are tables that were left out, with the fix."""

    folder: Path
    sources: tuple[Source, ...]
    platforms: tuple[Entity, ...]
    topics: tuple[TopicLabel, ...]
    off: tuple[Source, ...] = ()
    problems: tuple[Problem, ...] = ()
    documents: tuple[Document, ...] = ()
    history: History = field(default_factory=History)


def default_folder() -> Path:
    """The config that comes with the program: in the wheel beside the code, in a checkout beside bot/."""
    shipped = PACKAGE / "default_config"
    return shipped if shipped.is_dir() else PACKAGE.parent / "config"


def find_folder(named: Path | None, here: Path) -> Path:
    """The config folder in use: the one named, else ./config, else what came with the program.

    Raises ConfigError when a folder is named and is not there.
    """
    if named is not None:
        folder = here / named
        if not folder.is_dir():
            raise ConfigError("SMALLPRINT_CONFIG", f"there is no folder {named}", _how_to_make(named))
        return folder
    own = here / "config"
    return own if own.is_dir() else default_folder()


def _how_to_make(named: Path) -> str:
    """`smallprint init` always writes a folder called config, which a setting may not have meant."""
    if named.name == "config" and not named.exists():
        return f"Run `smallprint init {named.parent}` to make it, or correct the setting."
    return "Run `smallprint init DIR` to make DIR/config and name that, or correct the setting."


def load_config(folder: Path) -> Config:
    """Everything under the folder; single bad tables are left out and listed in `problems`.

    platforms.toml, topics.toml and history.toml may be missing: then those that came with the program are used, so
    that an operator who only writes sources.toml has the names of the latest version. Without terms.toml no
    terms page is watched.
    Raises ConfigError when a file cannot be used at all.
    """
    platforms, bad_platforms = load_platforms(_own_or_default(folder, "platforms.toml"))
    topics, bad_topics = load_topics(_own_or_default(folder, "topics.toml"))
    listed = load_sources(folder / "sources.toml", {entity.id for entity in platforms})
    documents, bad_documents = load_documents(
        folder / "terms.toml", {entity.id: entity.name for entity in platforms}
    )
    history = load_history(_own_or_default(folder, "history.toml"), [entity.name for entity in platforms])
    problems = (*bad_platforms, *bad_topics, *listed.problems, *bad_documents, *history.problems)
    return Config(folder, listed.sources, platforms, topics, listed.off, problems, documents, history)


def _own_or_default(folder: Path, name: str) -> Path:
    own = folder / name
    return own if own.exists() else default_folder() / name
