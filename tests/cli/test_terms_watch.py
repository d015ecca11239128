"""smallprint terms add, list, check, diff, history; smallprint review."""

from tests.cli.conftest import Room
from tests.cli.feeds import IDLE, FeedSite
from tests.flows.pages import page
from tests.journeys.terms_rig import as_html

GRANT = "You agree that we may use the recordings that you upload to train artificial intelligence models."
UNSURE = "Artificial intelligence is of growing importance for what we do together with our community."


def show(site: FeedSite, *clauses: str) -> str:
    """The terms with these clauses; their address."""
    site.documents["/terms"] = ("text/html; charset=utf-8", as_html(page(*clauses)))
    return site.base + "/terms"


def watched(room: Room, site: FeedSite, *clauses: str) -> None:
    room.watch(site.show("/a", (IDLE, "")))
    added = room.run("terms", "add", "audiomack", show(site, *clauses), "--selector", "#terms")
    assert added.code == 0, added.err


def test_a_page_is_looked_at_before_it_is_added(room: Room, site: FeedSite) -> None:
    room.watch(site.show("/a", (IDLE, "")))

    missing = room.run("terms", "add", "audiomack", site.base + "/nowhere")
    unknown = room.run("terms", "add", "melodome", show(site))
    good = room.run("terms", "add", "audiomack", show(site), "--selector", "#terms")
    twice = room.run("terms", "add", "audiomack", show(site), "--title", "Again", "--selector", "#terms")

    assert [missing.code, unknown.code, good.code, twice.code] == [1, 1, 0, 1]
    assert "404" in missing.err
    assert "There is no platform 'melodome'" in unknown.err
    assert "Added audiomack-terms-of-use" in good.out
    assert "watched already" in twice.err
    (row,) = room.run("terms", "list", "--json").json
    assert (row["id"], row["platform"], row["health"]) == ("audiomack-terms-of-use", "Audiomack", "new")


def test_a_check_says_in_words_what_it_found(room: Room, site: FeedSite) -> None:
    watched(room, site)

    first = room.run("terms", "check", "Audiomack")
    again = room.run("terms", "check", "audiomack")
    show(site, GRANT)
    changed = room.run("terms", "check", "audiomack-terms-of-use")
    site.documents["/terms"] = (
        "text/html",
        b"<title>Just a moment...</title><p>Enable JavaScript and cookies to continue.</p>",
    )
    walled = room.run("terms", "check", "audiomack")

    assert "first look, kept" in first.out
    assert "as before" in again.out
    assert "new wording, version 2; 1 clause on AI changed" in changed.out
    assert "Audiomack may use what you give it to train AI. [people are told]" in changed.out
    assert GRANT in changed.out
    assert walled.code == 1
    assert "not got round" in walled.out
    assert room.run("terms", "check", "melodome").code == 1


def test_versions_and_clauses_can_be_looked_up_and_compared(room: Room, site: FeedSite) -> None:
    watched(room, site)
    room.run("terms", "check", "audiomack")
    early = room.run("terms", "diff", "audiomack-terms-of-use")
    show(site, GRANT)
    room.run("terms", "check", "audiomack")

    told = room.run("terms", "history", "audiomack")
    (data,) = room.run("terms", "history", "audiomack", "--json").json
    differs = room.run("terms", "diff", "audiomack-terms-of-use", "--from", "1", "--to", "2")

    assert early.code == 1
    assert "has no second version yet" in early.err
    assert "version 2" in told.out
    assert [v["n"] for v in data["versions"]] == [2, 1]
    assert data["changes"][0]["stance"] == "grants-training"
    assert f"+ {GRANT}" in differs.out


def test_what_nobody_could_read_is_accepted_or_dismissed_with_a_reason(room: Room, site: FeedSite) -> None:
    watched(room, site)
    room.run("terms", "check", "audiomack")
    show(site, UNSURE, "Our machine learning of the future will be shaped by all of us, one song at a time.")
    room.run("terms", "check", "audiomack")

    queue = room.run("review", "--json").json
    assert len(queue) >= 1
    first = str(queue[0]["id"])
    assert UNSURE in room.run("review").out
    accepted = room.run(
        "review", "accept", first, "--stance", "grants-training", "--because", "read in full", "--tell"
    )
    for each in queue[1:]:
        assert room.run("review", "dismiss", str(each["id"]), "--because", "says nothing").code == 0

    assert accepted.code == 0, accepted.err
    assert "Audiomack may use what you give it to train AI" in accepted.out
    assert "Nothing waits" in room.run("review").err
    assert "no clause change 99" in room.run("review", "dismiss", "99", "--because", "x").err
    once = room.run("once")
    assert "1 new story" in once.all
    assert "Audiomack may use what you give it to train AI" in once.out
