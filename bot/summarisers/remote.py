"""Summaries worded by a model behind any OpenAI-compatible address; the extractive one stands in whenever it fails.

Nothing that the model says is believed: bot.logic.summaries.model_check compares it with the sources first.
"""

import asyncio
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Protocol

import aiohttp
import structlog

from bot.errors import BotError
from bot.logic.summaries.model_budget import Allowance, dump_allowance, load_allowance
from bot.logic.summaries.model_check import faults, find_quotation
from bot.logic.summaries.model_question import (
    Answer,
    BadAnswerError,
    Shown,
    attributed,
    is_worth_asking,
    messages,
    read_answer,
    shown_of,
)
from bot.model import Edition, JudgedEntry, Quotation, Reason, StoryView, Summary
from bot.ports import Clock

log = structlog.get_logger()

TIME_LIMIT = timedelta(seconds=10)
MOST_BYTES = 256 * 1024
ANSWERS_KEPT = 50
"""An edition is asked about again only if a crash came between its answer and its publication."""

_ALLOWANCE, _ANSWERS = "model:allowance", "model:answers"

Summarise = Callable[[StoryView, Edition], Summary]
EntriesToTell = Callable[[StoryView, Edition], Sequence[JudgedEntry]]


class NamedValues(Protocol):
    """What is needed of the memory."""

    async def setting(self, name: str) -> str | None: ...

    async def set_setting(self, name: str, value: str) -> None: ...


class ModelError(BotError):
    """The model gave no answer that can be read. The message is a phrase for the operator, without key or address."""


@dataclass(frozen=True)
class Model:
    """Which model, where, and how often.

    url    the address that its documentation calls the base address, such as http://127.0.0.1:11434/v1
    key    sent as a bearer token; None: none is needed
    a_day  most questions in one UTC day
    """

    url: str
    name: str
    a_day: int
    key: str | None = field(default=None, repr=False)
    time_limit: timedelta = TIME_LIMIT

    @property
    def address(self) -> str:
        """Where questions go, whether or not the operator wrote the whole address."""
        return self.url.rstrip("/").removesuffix("/chat/completions") + "/chat/completions"


class RemoteSummariser:
    """Implements bot.ports.Summariser. Close it in the loop that used it.

    memory          keeps the day's budget, rests and last answers across restarts
    extractive      what is told when the model is not asked, fails or says what no source says
    entries_to_tell which entries an edition may be told from
    """

    def __init__(
        self,
        model: Model,
        memory: NamedValues,
        clock: Clock,
        extractive: Summarise,
        entries_to_tell: EntriesToTell,
        *,
        user_agent: str = "Smallprint",
    ) -> None:
        self._model, self._memory, self._clock = model, memory, clock
        self._extractive, self._entries_to_tell = extractive, entries_to_tell
        self._user_agent = user_agent
        self._session: aiohttp.ClientSession | None = None
        # Budget and rests are read, changed and written back: one question at a time.
        self._turn = asyncio.Lock()

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def summarise(self, view: StoryView, edition: Edition) -> Summary:
        """The model's summary if it holds, else the extractive one; `reasons` say which and why. Raises nothing."""
        base = self._extractive(view, edition)
        shown = shown_of(self._entries_to_tell(view, edition))
        if not is_worth_asking(shown):
            return base
        try:
            async with self._turn:
                answer = await self._answer(messages(view, edition, shown), len(shown))
            wrong = faults(answer, shown)
        except (ModelError, BadAnswerError) as error:
            log.warning("model_gave_no_summary", story=edition.story_id, edition=edition.n, why=str(error))
            return _in_their_own_words(base, str(error))
        except Exception as error:
            # An answer that trips a check must cost the model's wording, never the story.
            log.exception("summary_check_tripped", story=edition.story_id, edition=edition.n)
            why = str(error) if isinstance(error, BotError) else "its answer could not be checked"
            return _in_their_own_words(base, why)
        if wrong:
            log.warning("model_summary_refused", story=edition.story_id, edition=edition.n, why=list(wrong))
            return _in_their_own_words(base, f"what it wrote does not hold: {'; '.join(wrong[:3])}")
        log.info("model_summary_used", story=edition.story_id, edition=edition.n, model=self._model.name)
        return _worded(base, answer, shown, self._model.name)

    # ------------------------------------------------------------ asking

    async def _answer(self, question: list[dict[str, str]], sources: int) -> Answer:
        """From what was answered before, else from the model. Raises ModelError or BadAnswerError."""
        key = hashlib.sha256(json.dumps([self._model.name, question]).encode()).hexdigest()
        held = _load_answers(await self._memory.setting(_ANSWERS))
        if key in held:
            return read_answer(held[key], sources)
        now = self._clock.now()
        allowance = load_allowance(await self._memory.setting(_ALLOWANCE))
        if why := allowance.why_not(now, self._model.a_day):
            raise ModelError(why)
        allowance = allowance.after_asking(now)
        await self._keep(allowance)
        try:
            content = await self._ask(question)
            answer = read_answer(content, sources)
        except (ModelError, BadAnswerError):
            await self._keep(allowance.after_failure(self._clock.now()))
            raise
        await self._keep(allowance.after_answer())
        newest = dict([*held.items(), (key, content)][-ANSWERS_KEPT:])
        await self._memory.set_setting(_ANSWERS, json.dumps(newest))
        return answer

    async def _keep(self, allowance: Allowance) -> None:
        await self._memory.set_setting(_ALLOWANCE, dump_allowance(allowance))

    async def _ask(self, question: list[dict[str, str]]) -> str:
        """What the model says to one question. Raises ModelError."""
        headers = {"Authorization": f"Bearer {self._model.key}"} if self._model.key else {}
        # Nothing but what every server of this kind takes: some refuse a temperature, some a response format.
        asked = {"model": self._model.name, "messages": question, "stream": False}
        try:
            async with (
                asyncio.timeout(self._model.time_limit.total_seconds()),
                self._open().post(
                    self._model.address, json=asked, headers=headers, allow_redirects=False
                ) as response,
            ):
                return _content(await _body(response))
        except TimeoutError as error:
            seconds = self._model.time_limit.total_seconds()
            raise ModelError(f"the model gave no answer within {seconds:g} seconds") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise ModelError("the model cannot be reached, or breaks off its answer") from error

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                headers={"User-Agent": self._user_agent, "Accept-Encoding": "identity"},
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session


async def _body(response: aiohttp.ClientResponse) -> bytes:
    # A redirect is not followed: the key and the text would go to somebody whom the operator did not name.
    if 300 <= response.status < 400:
        raise ModelError("the model's address leads elsewhere; set SMALLPRINT_MODEL_URL to where it leads")
    if response.status in (401, 403):
        raise ModelError("the model's server refuses the key; check SMALLPRINT_MODEL_KEY")
    if response.status != 200:
        raise ModelError(f"the model's server answers {response.status}")
    read = bytearray()
    async for chunk in response.content.iter_chunked(16 * 1024):
        read += chunk
        if len(read) > MOST_BYTES:
            raise ModelError("the model's answer is far longer than any summary")
    return bytes(read)


def _content(body: bytes) -> str:
    """The text in choices[0].message.content. Raises ModelError."""
    try:
        content = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise ModelError("the model's server answers something else than a chat completion") from error
    if not isinstance(content, str):
        raise ModelError("the model's server answers a chat completion without text")
    return content


def _load_answers(text: str | None) -> Mapping[str, str]:
    try:
        held = json.loads(text or "{}")
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}


# ---------------------------------------------------------------- telling


def _worded(base: Summary, answer: Answer, shown: Sequence[Shown], name: str) -> Summary:
    """The extractive summary's headline, links and language around the model's sentences."""
    what, other_side, to_do = (attributed(part, shown) for part in answer.parts)
    return replace(
        base,
        what=what,
        other_side=other_side,
        to_do=to_do,
        open_question=(),  # the model's sentences fill the room
        quotation=_quotation(answer, shown),
        reasons=(
            Reason("summary-model", f"The summary is worded by {name} and was compared with its sources."),
        ),
    )


def _quotation(answer: Answer, shown: Sequence[Shown]) -> Quotation | None:
    """In the source's own spelling, down to its quotation marks."""
    quoted = answer.quoted
    if quoted is None:
        return None
    source = shown[quoted.source]
    place = find_quotation(quoted.text, source.text)
    assert place is not None
    return Quotation(" ".join(source.text[slice(*place)].split()), quoted.speaker, source.entry.id)


def _in_their_own_words(base: Summary, why: str) -> Summary:
    reason = Reason("summary-sources", f"The summary is in the sources' own words: {why}.")
    return replace(base, reasons=(reason,))
