"""Every language says everything that English says, with the same places to fill in and its own plural forms."""

from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

import bot.words
from bot.words import LANGUAGES, say, spoken

FOLDER = Path(bot.words.__file__).parent
FILES = sorted(path.name for path in (FOLDER / "en").glob("*.ftl"))
OTHERS = [lang for lang in LANGUAGES if lang != "en"]
# Plural categories that whole numbers take. Source: Unicode CLDR, plural rules.
PLURALS = {
    "en": {"one"},
    "de": {"one"},
    "fr": {"one", "many"},
    "es": {"one", "many"},
    "pt-BR": {"one", "many"},
    "ja": set(),
}


class _Places(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()
        self.variants: list[set[str]] = []

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802  # Fluent names it
        self.names.add(node.id.name)

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:  # noqa: N802  # as above
        names = {each.key.name for each in node.variants if isinstance(each.key, ast.Identifier)}
        self.variants.append(names)
        self.generic_visit(node)


def messages(lang: str, file: str) -> dict[str, ast.Message]:
    path = FOLDER / lang / file
    resource = FluentParser().parse(path.read_text(encoding="utf-8")) if path.exists() else None
    assert resource is not None, f"{lang} lacks {file}"
    junk = [each.content for each in resource.body if isinstance(each, ast.Junk)]
    assert not junk, f"{lang}/{file} cannot be read: {junk[0][:200]}"
    return {each.id.name: each for each in resource.body if isinstance(each, ast.Message)}


def places(message: ast.Message) -> _Places:
    found = _Places()
    found.visit(message)
    return found


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("lang", OTHERS)
def test_no_language_lacks_a_phrase_or_a_place_in_it(lang: str, file: str) -> None:
    english, other = messages("en", file), messages(lang, file)

    assert sorted(other) == sorted(english)
    for key, message in english.items():
        assert places(other[key]).names == places(message).names, key


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_choices_by_number_use_only_forms_that_the_language_has(lang: str, file: str) -> None:
    counted = {"zero", "one", "two", "few", "many"}
    for key, message in messages(lang, file).items():
        for variants in places(message).variants:
            strange = (variants & counted) - PLURALS[lang]
            assert not strange, f"{lang}/{file} {key}: {strange}"
            if "one" in PLURALS[lang] and variants & counted:
                assert "one" in variants, f"{lang}/{file} {key} has no form for one"


def test_a_key_stands_in_one_file_only() -> None:
    held = [key for file in FILES for key in messages("en", file)]

    assert len(held) == len(set(held))


@pytest.mark.parametrize(
    ("locale", "lang"),
    [
        ("de-AT", "de"),
        ("pt-PT", "pt-BR"),
        ("es-419", "es"),
        ("ja", "ja"),
        ("en-GB", "en"),
        ("ko", "en"),
        (None, "en"),
    ],
)
def test_a_locale_is_answered_in_the_nearest_language(locale: str | None, lang: str) -> None:
    assert spoken(locale) == lang


def test_an_unknown_phrase_is_an_error_and_not_an_empty_answer() -> None:
    with pytest.raises(KeyError):
        say("en", "no-such-phrase")
