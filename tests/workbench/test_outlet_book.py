"""Which outlet a line is about, by name and by address."""

from bot.model import Outlet, SourceGroup
from bot.workbench.judge_lines import OutletIndex
from tests.builders import a_source

PAPER, OTHER = "https://paper.example", "https://www.gazette.example/"


def unknown(name: str, url: str | None) -> Outlet:
    return Outlet(f"unknown {name}")


def book() -> OutletIndex:
    return OutletIndex(
        [
            a_source(
                "paper-music", name="Paper Music", site=f"{PAPER}/music/", group=SourceGroup.MUSIC_CONSUMER
            ),
            a_source("paper-law", name="Paper Law", site=f"{PAPER}/music/law", group=SourceGroup.RIGHTS_LAW),
            a_source("gazette", name="The Gazette", site=OTHER, group=SourceGroup.MUSIC_TRADE),
            a_source("twin-a", name="Twin A", site="https://twins.example/", group=SourceGroup.TECH),
            a_source("twin-b", name="Twin B", site="https://twins.example/", group=SourceGroup.TECH),
        ],
        unknown,
    )


def test_a_name_counts_before_an_address() -> None:
    assert book().find("PAPER MUSIC", "https://gazette.example/1").group is SourceGroup.MUSIC_CONSUMER


def test_a_host_that_one_source_has_to_itself_is_that_source() -> None:
    assert book().find("", "https://gazette.example/2025/suit").name == "The Gazette"


def test_a_papers_music_pages_do_not_lend_their_subject_to_its_other_pages() -> None:
    known = book()

    assert known.find("Paper", f"{PAPER}/music/singer").name == "Paper Music"
    assert known.find("Paper", f"{PAPER}/music/law/suit").name == "Paper Law"
    assert known.find("Paper", f"{PAPER}/technology/phone").name == "unknown Paper"
    assert known.find("Paper", f"{PAPER}/musical-chairs").name == "unknown Paper"


def test_a_host_of_two_sources_is_neither() -> None:
    assert book().find("Twins", "https://twins.example/1").name == "unknown Twins"


def test_an_address_that_cannot_be_read_says_nothing() -> None:
    assert book().find("Nobody", "http://[broken").name == "unknown Nobody"
    assert book().find("Nobody", None).name == "unknown Nobody"
