"""The site as files: whole, linked, brought up to date without touching what is right, and never outside its folder."""

import re
from pathlib import Path

import pytest

from bot.errors import RefusedError
from bot.flows.people import site as flow
from bot.web.export import export_site, file_of
from tests.web.site_rig import a_site


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


async def test_every_link_of_the_written_site_leads_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "site"
    async with a_site(tmp_path) as site:
        done = await export_site(site.desk, target)

    held = files(target)
    assert {
        "index.html",
        "stories/sclause/index.html",
        "feed.atom",
        "api/v1/openapi.json",
        "robots.txt",
    } <= held
    assert {"documents/tonebarn-terms/1..2/index.html", "api/v1/platforms/soundcloud/index.json"} <= held
    assert done.written == len(held)
    for name in held:
        if name.endswith(".html"):
            for link in re.findall(r'(?:href|src)="(/[^"#?]*)', (target / name).read_text(encoding="utf-8")):
                path = link.strip("/")
                assert path in held or f"{path}/index.html".lstrip("/") in held, f"{name} links to {link}"


async def test_a_second_export_touches_only_what_changed(tmp_path: Path) -> None:
    target = tmp_path / "site"
    async with a_site(tmp_path) as site:
        first = await export_site(site.desk, target)
        before = {name: (target / name).stat().st_mtime_ns for name in files(target)}
        (target / "about" / "index.html").write_text("old")
        again = await export_site(site.desk, target)

    assert again.written == 1
    assert again.unchanged == first.written - 1
    changed = {name for name in before if (target / name).stat().st_mtime_ns != before[name]}
    assert changed == {"about/index.html"}
    assert not [name for name in files(target) if name.endswith(".part")]


async def test_a_folder_that_cannot_be_made_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    async with a_site(tmp_path, filled=False) as site:
        with pytest.raises(RefusedError, match="Choose a folder of yours"):
            await export_site(site.desk, tmp_path / "taken")


async def test_a_file_that_cannot_be_written_is_told_in_one_sentence(tmp_path: Path) -> None:
    target = tmp_path / "site"
    target.mkdir()
    (target / "about").write_text("a file where a folder must be")
    async with a_site(tmp_path, filled=False) as site:
        with pytest.raises(RefusedError, match=r"about.index\.html cannot be written"):
            await export_site(site.desk, target)


async def test_a_file_that_cannot_be_put_in_place_leaves_nothing_half_done(tmp_path: Path) -> None:
    target = tmp_path / "site"
    (target / "about" / "index.html").mkdir(parents=True)
    async with a_site(tmp_path, filled=False) as site:
        with pytest.raises(RefusedError):
            await export_site(site.desk, target)

    assert not list(target.rglob("*.part"))


async def test_a_page_that_cannot_be_made_is_counted_and_keeps_its_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "site"

    async def broken(*_: object) -> None:
        raise RuntimeError("the memory is broken")

    async with a_site(tmp_path) as site:
        await export_site(site.desk, target)
        before = (target / "sources" / "index.html").read_bytes()
        monkeypatch.setattr(flow, "source_health", broken)
        done = await export_site(site.desk, target)

    assert (done.failed, done.first_failed) == (2, "/sources")
    assert (target / "sources" / "index.html").read_bytes() == before


@pytest.mark.parametrize("path", ["/../etc/passwd", "/stories/../../x", "/.ssh/key", "/a\\b", "/a\0b"])
def test_no_address_leads_out_of_the_folder(path: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        file_of(path, "text/html")


def test_pages_and_answers_lie_in_folders_of_their_own() -> None:
    assert str(file_of("/", "text/html")) == "index.html"
    assert str(file_of("/stories/s1", "text/html")) == "stories/s1/index.html"
    assert str(file_of("/api/v1/stories/s1", "application/json")) == "api/v1/stories/s1/index.json"
    assert str(file_of("/stories/s1.ics", "text/calendar")) == "stories/s1.ics"
