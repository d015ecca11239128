"""A source written for these tests, and answers of a model about it."""

import json

from bot.logic.summaries.model_question import Answer, Shown, read_answer, shown_of
from tests.builders import a_judged_entry, an_outlet

TITLE = "Tonebarn adds AI training clause to its terms"
TEXT = """Tonebarn changed its terms on 12 March 2026 so that uploads may be used to train AI models. The service has
about 40,000 artists and paid $1.5 million to labels last year.
“You agree that your content may be used to inform, train or develop artificial intelligence,” the new section reads.
“We have never trained a model on anybody's songs,” said Tonebarn's founder Mara Quill in a statement. The Union of
Session Players called the change a betrayal and asked members to object by 9 May.
Artists can opt out in the settings under Privacy until 30 April 2026. Asked by reporters, Otto Venn of the union said:
“We will not accept that our recordings are used to train machines.”
"""


def the_shown() -> tuple[Shown, ...]:
    first = a_judged_entry(TITLE, page_text=TEXT, outlet=an_outlet("Gazette"))
    second = a_judged_entry(
        "Union objects to Tonebarn terms",
        id=2,
        outlet=an_outlet("Courier"),
        page_text="Union members say that Tonebarn did not ask them. The Federation of Labels is reading the text.",
    )
    return shown_of([first, second])


def say(what: str | None = None, source: int = 1, **more: object) -> dict[str, object]:
    """An answer as the model would send it; without arguments a faithful one."""
    text = (
        what or "Tonebarn changed its terms on 12 March 2026 so that uploads may be used to train AI models."
    )
    return {
        "what": [{"text": text, "source": source}],
        "quotation": None,
        "other_side": [],
        "to_do": [],
    } | more


def quote(text: str, speaker: str = "", source: int = 1) -> dict[str, object]:
    return {"text": text, "speaker": speaker, "source": source}


def sentence(text: str, source: int = 1) -> list[dict[str, object]]:
    return [{"text": text, "source": source}]


CLAUSE = "You agree that your content may be used to inform, train or develop artificial intelligence"
FAITHFUL = say(
    quotation=quote(CLAUSE),
    other_side=sentence("Founder Mara Quill said that Tonebarn never trained a model on songs."),
    to_do=sentence("Artists can opt out in the settings until 30 April 2026."),
)


def answer(row: dict[str, object]) -> Answer:
    return read_answer(json.dumps(row), len(the_shown()))
