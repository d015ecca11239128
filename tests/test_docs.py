"""The documentation keeps up: every command, option, setting and topic is written down where people look."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from bot.cli import app
from bot.model import SourceGroup, Topic
from bot.settings import known_names
from bot.settings.environment import PREFIX, SECRETS, Settings
from bot.settings.sources import SourceRow

PROJECT = Path(__file__).resolve().parent.parent


def text_of(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


def commands() -> list[str]:
    """Every command as typed: "once", "sources add"."""
    found = []
    for name, command in sorted(get_command(app).commands.items()):  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        found += [name] if inner is None else [f"{name} {each}" for each in sorted(inner)]
    return found


def leaf(command: str) -> object:
    found = get_command(app)
    for word in command.split():
        found = found.commands[word]  # type: ignore[attr-defined]
    return found


def command_tables() -> str:
    """The README's section on the command line."""
    found = re.search(r"^## The command line$(.*?)^## ", text_of("README.md"), re.MULTILINE | re.DOTALL)
    assert found, "README.md has no section '## The command line'"
    return found[1]


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_readme(command: str) -> None:
    # "sources list" may stand as one word of a row that names the group: `sources list`, `add`, ...
    rows = [row for row in command_tables().splitlines() if f"`{command.split()[0]}" in row]

    assert any(re.search(rf"`[^`]*\b{command.split()[-1]}\b[^`]*`", row) for row in rows), command


@pytest.mark.parametrize("command", commands())
def test_every_command_and_option_explains_itself(command: str) -> None:
    found = leaf(command)

    assert found.help, command  # type: ignore[attr-defined]
    silent = [each.name for each in found.params if not getattr(each, "help", "")]  # type: ignore[attr-defined]
    assert silent == []


@pytest.mark.parametrize("name", known_names())
def test_every_setting_is_in_the_readme(name: str) -> None:
    readme = text_of("README.md")

    # A secret's file form may share the row of the secret.
    assert f"`{name}`" in readme or (name.endswith("_FILE") and "_FILE`" in readme), name


def test_the_readme_names_no_setting_that_does_not_exist() -> None:
    named = set(re.findall(rf"`({PREFIX}[A-Z_]+)", text_of("README.md")))

    assert named - set(known_names()) == set()


def test_every_setting_says_what_it_is() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_every_setting_stands_in_an_example_file() -> None:
    settings, environment = text_of("config/settings.example.toml"), text_of("config/.env.example")

    for name in Settings.model_fields:
        if name in SECRETS or name == "config":
            assert f"{PREFIX}{name.upper()}" in environment, name
        else:
            assert re.search(rf"^# {name} = ", settings, re.MULTILINE), name


def test_every_key_of_a_source_is_explained_at_the_head_of_its_file() -> None:
    head = text_of("config/sources.toml").split("[[source]]\nid")[0]

    assert [
        key for key in SourceRow.model_fields if not re.search(rf"^#   {key}\b", head, re.MULTILINE)
    ] == []
    assert [group.value for group in SourceGroup if group.value not in head] == []


@pytest.mark.parametrize("topic", list(Topic))
def test_every_topic_is_in_the_readme(topic: Topic) -> None:
    assert f"`{topic.value}`" in text_of("README.md")


@pytest.mark.parametrize(
    "document", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"]
)
def test_links_between_documents_lead_somewhere(document: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text_of(document))

    assert [link for link in links if not (PROJECT / link).exists()] == []


def test_make_targets_named_in_the_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    for document in ("README.md", "CONTRIBUTING.md"):
        named = set(re.findall(r"^make ([a-z]+)|`make ([a-z]+)`", text_of(document), re.MULTILINE))
        assert {a or b for a, b in named} <= targets, document


def test_nothing_is_left_to_be_filled_in() -> None:
    for document in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"):
        assert "@@" not in text_of(document), document
