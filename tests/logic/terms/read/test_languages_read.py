"""Clauses in nine languages, each read for what it is; all invented."""

import json
from pathlib import Path

import pytest

from bot.logic.terms.read.sentences import split
from bot.logic.terms.read.stance import SURE, stances
from bot.model import URGENT_STANCES
from tests.logic.terms.reader import lexicon

CLAUSES = [
    json.loads(line)
    for line in (Path(__file__).parents[3] / "data" / "terms_clauses.jsonl").read_text("utf-8").splitlines()
]


def alerts(text: str) -> list[str]:
    """What people would be told the same day, surest first."""
    found = [
        stance
        for sentence in split(text)
        for stance in stances(sentence, lexicon())
        if stance.kind in URGENT_STANCES and stance.confidence >= SURE
    ]
    return [stance.kind.value for stance in sorted(found, key=lambda stance: -stance.confidence)]


@pytest.mark.parametrize("clause", CLAUSES, ids=[f"{c['lang']}: {c['clause'][:50]}" for c in CLAUSES])
def test_a_clause_is_read_for_what_it_is_in_nine_languages(clause: dict[str, str | None]) -> None:
    found = alerts(clause["clause"] or "")

    assert found[:1] == ([clause["expected"]] if clause["expected"] else [])


def test_every_language_has_the_same_groups_and_several_clauses_here() -> None:
    assert {clause["lang"] for clause in CLAUSES} == lexicon().languages
