"""A page is told as the article only on evidence. Every page here is invented."""

import pytest

from bot.logic.polling.article import article_in
from bot.model import Page

HEADLINE = "Harbour Records sues Songmill over training"
STORY = "Harbour Records has taken Songmill to court: it says that training on its catalogue had no licence."
URL = "https://herald.example/a"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Just a moment...", "Prove that you are human to go on."),
        (HEADLINE, "You have reached your limit of free stories."),
        (HEADLINE, "Dieser Text ist nur für Abonnenten."),
        (HEADLINE, "La suite de cet article est réservée aux abonnés."),
        (HEADLINE, "Contenido exclusivo para suscriptores."),
        (HEADLINE, "Assine para ler mais."),
        (HEADLINE, "この記事は会員限定です。"),
        ("Page not found", "Here is something else: training day at the gym."),
        ("Ten garden tools", "A spade is the first thing that anybody buys."),
    ],
    ids=[
        "challenge",
        "meter",
        "German",
        "French",
        "Spanish",
        "Portuguese",
        "Japanese",
        "soft 404",
        "other article",
    ],
)
def test_a_page_that_is_not_the_article_is_not_told(title: str, text: str) -> None:
    found = article_in(Page(URL, title, text), HEADLINE)
    assert found.text == ""
    assert found.why or title == HEADLINE


def test_one_paragraph_under_a_banner_is_the_article_without_the_banner() -> None:
    banner = "We value your privacy. Training of models may be among the purposes."
    assert article_in(Page(URL, HEADLINE, f"{banner}\n{STORY}"), HEADLINE).text == STORY


def test_another_headline_on_the_page_is_no_doubt_when_the_text_is_about_the_same() -> None:
    assert article_in(Page(URL, "Court battle begins", STORY), HEADLINE).text == STORY


def test_japanese_headlines_are_compared_without_spaces() -> None:
    page = Page(URL, "訴訟のニュース", "音楽会社が生成AIの学習をめぐり提訴した。")
    assert article_in(page, "音楽会社が生成AIを提訴").text == page.text
