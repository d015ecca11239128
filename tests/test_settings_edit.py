"""Editing sources.toml by command, and OPML."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import ConfigError, RefusedError
from bot.model import Evidence, SourceGroup
from bot.settings.edit import NewSource, id_from, read_exactly, with_source, without_source, write_whole
from bot.settings.opml import read_opml, write_opml
from bot.settings.sources import sources_in
from tests.builders import a_source

PATH = Path("sources.toml")
FILE = """\
# my sources, do not sort

[[source]]   # the best one
id='gazette'
name  =  "Gazette"
feed = "https://gazette.example/feed"
group = "music-trade"

# about to be retired
[[source]]
id = "herald"
name = "Herald"
feed = "https://herald.example/feed"
group = "tech"


[[source]]
id = "tribune"
name = "Tribune"
site = "https://tribune.example/"
group = "general"
"""


def a_new_source(**changes: object) -> NewSource:
    values: dict[str, object] = {
        "id": "courier",
        "name": 'The "Courier" – ü',
        "feed": "https://courier.example/feed?a=1&b=2",
        "site": None,
        "group": SourceGroup.TECH,
        "needs": frozenset({Evidence.AI, Evidence.MUSIC}),
        "trouble": "a back\\slash and a tab\t",
    }
    return NewSource(**(values | changes))  # type: ignore[arg-type]


def test_an_added_source_reads_back_as_it_was_given() -> None:
    new = a_new_source()

    (source,) = sources_in(with_source("", new), PATH, set()).sources

    assert (source.id, source.name, source.feed) == (new.id, new.name, new.feed)
    assert (source.needs, source.trouble) == (new.needs, new.trouble)


@pytest.mark.parametrize(
    "text", [FILE, FILE.rstrip("\n"), FILE.replace("\n", "\r\n")], ids=["unix", "cut", "dos"]
)
def test_adding_and_removing_leaves_the_rest_byte_for_byte(text: str) -> None:
    longer = with_source(text, a_new_source())

    assert longer.startswith(text)
    assert without_source(longer, "courier", PATH).rstrip("\r\n") == text.rstrip("\r\n")


def test_removing_takes_only_that_table() -> None:
    rest = without_source(FILE, "herald", PATH)

    cut = FILE[FILE.index('[[source]]\nid = "herald"') : FILE.index('[[source]]\nid = "tribune"')]
    assert rest == FILE.replace(cut, "")


def test_a_comment_before_the_next_table_stays() -> None:
    assert "# about to be retired" in without_source(FILE, "gazette", PATH)


def test_removing_the_last_table_works_too() -> None:
    rest = without_source(FILE, "tribune", PATH)

    assert [source.id for source in sources_in(rest, PATH, set()).sources] == ["gazette", "herald"]


def test_removing_an_unknown_source_says_where_to_look() -> None:
    with pytest.raises(RefusedError, match=r"There is no source 'nobody'.*sources list"):
        without_source(FILE, "nobody", PATH)


def test_a_file_that_hides_a_header_in_a_text_is_left_to_the_operator() -> None:
    tricky = FILE + "trouble = '''\n[[source]]\n'''\n"

    with pytest.raises(RefusedError, match="delete its"):
        without_source(tricky, "gazette", PATH)


@pytest.mark.parametrize(
    ("address", "taken", "expected"),
    [
        ("https://www.gazette.example/feed", (), "gazette"),
        ("https://blog.gazette.example/", (), "gazette"),
        ("https://gazette.example/feed", ("gazette", "gazette-2"), "gazette-3"),
        ("http://127.0.0.1:8080/feed", (), "127-0-0-1"),
        ("https://news.example/", (), "example"),
    ],
)
def test_an_id_is_made_from_the_host(address: str, taken: tuple[str, ...], expected: str) -> None:
    assert id_from(address, frozenset(taken)) == expected


def test_exported_sources_read_back() -> None:
    sources = [
        a_source("gazette", name='A & B "Gazette" <x>'),
        a_source("tribune", feed=None),
        a_source("herald", group=SourceGroup.TECH, site=None),
    ]

    outlines = read_opml(write_opml(sources).encode())

    assert [(o.name, o.feed, o.site) for o in outlines] == [
        ('A & B "Gazette" <x>', "https://gazette.example/feed", "https://gazette.example/"),
        ("Herald", "https://herald.example/feed", None),
    ]


def test_nested_outlines_in_any_case_are_found_once() -> None:
    document = b"""<OPML version="1.0"><body><outline text="all"><outline TEXT="One" xmlurl=" https://one.example/f "/>
    <outline text="one again" xmlUrl="https://one.example/f"/></outline></body></OPML>"""

    (outline,) = read_opml(document)

    assert (outline.name, outline.feed) == ("One", "https://one.example/f")


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (b"not xml", "The file is not OPML"),
        (b"<rss/>", "XML but not OPML"),
        (b"", "The file is not OPML"),
        (b'<!DOCTYPE opml [<!ENTITY a "aaaa">]><opml><body/></opml>', "declares XML entities"),
        (b"<opml>" + b" " * (5 * 2**20), "larger than 5 MiB"),
    ],
    ids=["text", "rss", "empty", "entities", "large"],
)
def test_what_is_not_opml_is_refused_in_a_sentence(document: bytes, said: str) -> None:
    with pytest.raises(RefusedError, match=said):
        read_opml(document)


def test_every_key_of_a_new_source_is_written() -> None:
    new = a_new_source(
        site="https://courier.example/",
        platform="soundcloud",
        tier=3,
        poll_minutes=45,
        lang="de",
        needs=frozenset(),
    )

    (source,) = sources_in(with_source("", new), PATH, {"soundcloud"}).sources

    assert (source.site, source.platform, source.tier, source.lang) == (new.site, "soundcloud", 3, "de")
    assert (source.poll_interval, source.needs) == (timedelta(minutes=45), frozenset())


def test_a_file_is_replaced_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    file.write_text("old\r\n", encoding="utf-8")
    file.chmod(0o640)

    write_whole(file, "new\r\n")

    assert read_exactly(file) == "new\r\n"
    assert file.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_cannot_be_read_or_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be written"):
        write_whole(tmp_path / "nowhere" / "sources.toml", "")
    with pytest.raises(ConfigError, match="smallprint init"):
        read_exactly(tmp_path / "sources.toml")
    (tmp_path / "sources.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="cannot be read as UTF-8"):
        read_exactly(tmp_path / "sources.toml")
