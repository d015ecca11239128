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
GUIDES = sorted(str(path.relative_to(PROJECT)) for path in (PROJECT / "docs").glob("*.md"))
DOCUMENTS = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", *GUIDES]


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


@pytest.mark.parametrize("command", commands())
def test_every_command_is_documented(command: str) -> None:
    # "sources list" may stand as one word of a row that names the group: `sources list`, `add`, ...
    rows = [row for row in text_of("docs/command-line.md").splitlines() if f"`{command.split()[0]}" in row]

    assert any(re.search(rf"`[^`]*\b{command.split()[-1]}\b[^`]*`", row) for row in rows), command


@pytest.mark.parametrize("command", commands())
def test_every_command_and_option_explains_itself(command: str) -> None:
    found = leaf(command)

    assert found.help, command  # type: ignore[attr-defined]
    silent = [each.name for each in found.params if not getattr(each, "help", "")]  # type: ignore[attr-defined]
    assert silent == []


@pytest.mark.parametrize("name", known_names())
def test_every_setting_is_documented(name: str) -> None:
    readme = text_of("docs/settings.md")

    # A secret's file form may share the row of the secret.
    assert f"`{name}`" in readme or (name.endswith("_FILE") and "_FILE`" in readme), name


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_document_names_a_setting_that_does_not_exist(document: str) -> None:
    named = set(re.findall(rf"`({PREFIX}[A-Z_]+)`", text_of(document)))

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
def test_every_topic_is_documented(topic: Topic) -> None:
    assert f"`{topic.value}`" in text_of("docs/settings.md")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_between_documents_lead_somewhere(document: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text_of(document))

    folder = (PROJECT / document).parent
    assert [link for link in links if not (folder / link).exists()] == []


def test_make_targets_named_in_the_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    for document in DOCUMENTS:
        named = set(re.findall(r"^make ([a-z]+)|`make ([a-z]+)`", text_of(document), re.MULTILINE))
        assert {a or b for a, b in named} <= targets, document


def test_the_readme_fits_a_person_who_meets_the_project() -> None:
    assert len(text_of("README.md").splitlines()) <= 150


def test_nothing_is_left_to_be_filled_in() -> None:
    for document in DOCUMENTS:
        assert "@@" not in text_of(document), document
