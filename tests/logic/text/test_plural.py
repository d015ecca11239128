"""Numbers before nouns."""

from bot.logic.text.plural import counted


def test_one_is_told_as_one_and_others_as_many() -> None:
    assert [counted(n, "source") for n in (0, 1, 2)] == ["0 sources", "1 source", "2 sources"]
    assert [counted(n, "entry", "entries") for n in (1, 1200)] == ["1 entry", "1,200 entries"]
