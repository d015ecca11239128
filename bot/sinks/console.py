"""Prints messages to a terminal as they would look on Discord and on Mastodon: what runs when no account is set up."""

from collections.abc import Callable, Sequence

from bot.errors import SinkError, SinkScope
from bot.logic.messages.discord import render_post
from bot.logic.messages.headline import headline
from bot.logic.messages.mastodon import render_status
from bot.logic.messages.terminal import post_as_text, render_plain, status_as_text
from bot.logic.text.inert import clean
from bot.model import Message, Receipt, Shipment, SinkKind
from bot.words import words

FORMS = ("discord", "mastodon", "plain")


class ConsoleSink:
    """The Sink for the terminal of this run.

    Exactly once means: once in this run's output. A terminal cannot be read back, but the next run has a
    new one: what this run did not print has certainly not been seen in it. So `find` knows what it printed
    itself, and an unclear delivery of a run that was killed is printed (again) by the next. Whoever pipes
    the output into a file that outlives the run may find a message there twice, never not at all.
    """

    kind = SinkKind.CONSOLE

    def __init__(
        self,
        write: Callable[[str], None],
        width: int = 80,
        forms: Sequence[str] = ("discord", "mastodon"),
    ) -> None:
        """
        write  gets whole messages, each ending in a line break
        width  columns of the terminal
        forms  any of FORMS, in the order to print; ValueError for others
        """
        unknown = [form for form in forms if form not in FORMS]
        if unknown:
            raise ValueError(f"a message can be shown as {', '.join(FORMS)}, not as {', '.join(unknown)}")
        self._write, self._width, self._forms = write, width, tuple(forms)
        self._printed: set[str] = set()

    def is_ready(self) -> bool:
        return True

    async def send(self, shipment: Shipment) -> Receipt:
        """Print it. Raises SinkError if the terminal or pipe is closed."""
        delivery = shipment.delivery
        self._print(self._page(delivery.message, delivery.roles))
        self._printed.add(delivery.key)
        return Receipt(delivery.key)

    async def find(self, shipment: Shipment) -> Receipt | None:
        """Whether this run has printed it."""
        key = shipment.delivery.key
        return Receipt(key) if key in self._printed else None

    async def edit(self, shipment: Shipment) -> None:
        """Say what an edit changed: what stands above in a terminal cannot be changed. Raises SinkError.

        A correction is printed as a whole; that one more outlet has it is a line, for it is no news.
        """
        message = shipment.delivery.message
        if not message.correction:
            names = ", ".join(clean(source.name) for source in message.sources)
            self._print(f"The post “{headline(message)}” now names {names}.\n\n")
            return
        self._print(
            f"Edited post (revision {message.revision}):\n" + self._page(message, shipment.delivery.roles)
        )

    async def close(self) -> None:
        """Nothing to end."""

    def _print(self, text: str) -> None:
        try:
            self._write(text)
        except (OSError, ValueError) as error:
            # ValueError is what Python says of a file that it has closed itself.
            raise SinkError(
                f"The terminal cannot be written to ({error}).",
                scope=SinkScope.SINK,
                fix="Start Smallprint again where its output goes somewhere.",
            ) from error

    def _page(self, message: Message, roles: Sequence[str]) -> str:
        parts = [
            self._rule(form.capitalize()) + self._rendered(form, message, roles) + "\n"
            for form in self._forms
        ]
        return "\n".join(parts) + "\n"

    def _rule(self, name: str) -> str:
        return f"── {name} ".ljust(self._width, "─") + "\n"

    def _rendered(self, form: str, message: Message, roles: Sequence[str]) -> str:
        if form == "discord":
            return post_as_text(render_post(message, words("en"), roles), self._width)
        if form == "mastodon":
            return status_as_text(render_status(message), self._width)
        return render_plain(message, self._width)
