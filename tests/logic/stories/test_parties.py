"""Who stands on which side of a suit or a deal."""

import pytest

from bot.logic.stories.parties import BY, ON, sides


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Alto Records sues Songmill over AI training", ((BY, "alto"), (ON, "songmill"))),
        ("Songmill sued by Alto Records", ((BY, "alto"), (ON, "songmill"))),
        ("Songmill hit with copyright lawsuit from choir GESANG", ((BY, "gesang"), (ON, "songmill"))),
        (
            "Alto, Basso and Tenor sue Songmill",
            ((BY, "alto"), (BY, "basso"), (BY, "tenor"), (ON, "songmill")),
        ),
        ("Songmill signs AI licensing deal with Kestrel Hill", ((BY, "songmill"), (ON, "kestrel-hill"))),
        ("Wavelake partners with Songmill on AI remixes", ((BY, "wavelake"), (ON, "songmill"))),
        ("Record labels sue AI start-ups", ()),
        ("Wavelake labels AI songs", ()),
    ],
)
def test_a_headline_names_the_sides_of_its_act(title: str, found: tuple[tuple[str, str], ...]) -> None:
    assert sides(title) == found
