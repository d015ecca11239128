"""The command line: one file per group of commands, every import that costs time inside the command that needs it."""

import sys

import typer

from bot import __version__
from bot.cli import (
    checking,
    correcting,
    feedback,
    judging,
    labelling,
    mastodon,
    readers,
    record,
    review,
    running,
    site,
    sources,
    stories,
    subscriptions,
    terms,
)
from bot.cli.opening import STOPPED, out
from bot.cli.output import OutputClosedError
from bot.errors import BotError

app = typer.Typer(
    name="smallprint",
    help="Reads the small print for musicians: AI-and-music policy, once, attributed, on Discord and Mastodon.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"smallprint {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", help="Show the version.", callback=_show_version, is_eager=True
    ),
) -> None:
    pass


running.register(app)
checking.register(app)
judging.register(app)
feedback.register(app)
app.add_typer(labelling.app, name="label")
app.add_typer(readers.feedback, name="feedback")
app.add_typer(readers.suggestions, name="suggestions")
app.add_typer(sources.app, name="sources")
stories.register(app)
correcting.register(app)
subscriptions.register(app)
app.add_typer(terms.app, name="terms")
app.add_typer(review.app, name="review")
app.add_typer(record.app, name="record")
app.add_typer(mastodon.app, name="mastodon")
app.add_typer(site.app, name="site")


# What a shell reports for a command that Ctrl-C ended: 128 and the signal's number.
INTERRUPTED = 130


def main() -> None:
    """The entry point. Ends with 0 done, 1 refused with a sentence on stderr, 2 wrong usage, 130 after Ctrl-C."""
    try:
        app()
    except SystemExit as end:
        # typer makes this code of Ctrl-C inside a command, and says nothing.
        if end.code == INTERRUPTED:
            out.remark(STOPPED)
        raise
    except BotError as error:
        out.remark(f"smallprint: {error}")
        sys.exit(1)
    except KeyboardInterrupt:
        out.remark(STOPPED)
        sys.exit(INTERRUPTED)
    except OutputClosedError:
        sys.exit(0)
    except Exception:
        # The edge: a fault of ours. Its trace goes through the masker, for it may quote an address with a password.
        import traceback

        out.remark(
            f"{traceback.format_exc()}smallprint: This is a fault in Smallprint. Please report the lines above."
        )
        sys.exit(1)
