"""Cleaning says what each block is and why; it never edits and never loses a word."""

import re

from hypothesis import given
from hypothesis import strategies as st

from conftest import report_of
from onrecord.stages.clean import clean
from onrecord.types import READ_KINDS

BODY = (
    "The ferry guild of Osmar said on Monday that none of its boats would leave harbour this week.",
    "The harbour master answered that the dues had been set by the council and not by her office.",
    "On the quay some forty captains waited for news that had not come by the time it grew dark.",
)


def kinds(text: str) -> dict[str, str]:
    report = clean(report_of(text))
    return {text[b.start : b.end]: b.kind for b in report.blocks}


def page(*lines: str, gap: str = "\n\n") -> str:
    return gap.join(lines)


def test_title_and_body() -> None:
    found = kinds(page("Ferry guild keeps its boats in port", *BODY))
    assert found["Ferry guild keeps its boats in port"] == "title"
    assert [found[line] for line in BODY] == ["body"] * 3


def test_the_first_paragraph_is_no_title() -> None:
    report = clean(report_of(page(*BODY)))
    assert report.title is None


def test_furniture_is_marked_where_it_stands() -> None:
    furniture = {
        "Subscribe to our newsletter and get the best of the coast every morning!": "boilerplate",
        "Follow Harbour Daily on Telegram": "boilerplate",
        "We use cookies to improve your experience on this site.": "boilerplate",
        "Read more: Council puts off the vote": "teaser",
        "WEEKLY | € 3 | |": "boilerplate",
        "« Older: What the storm took from the quay   Newer: The bells are back »": "boilerplate",
        "By Marta Lindqvist": "byline",
        "Captains on the quay at dusk. (Photo: Marta Lindqvist)": "caption",
    }
    found = kinds(page(BODY[0], *furniture, *BODY[1:]))
    assert {line: found[line] for line in furniture} == furniture
    assert [found[line] for line in BODY] == ["body"] * 3


def test_another_language_around_an_english_report() -> None:
    foreign = (
        "Все новости за сегодня",
        "Погода на завтра: дождь, ветер до двадцати метров в секунду",
    )
    found = kinds(page(foreign[0], *BODY, foreign[1]))
    assert [found[line] for line in foreign] == ["other language"] * 2
    assert [found[line] for line in BODY] == ["body"] * 3


def test_a_report_in_another_language_is_not_read_as_english() -> None:
    text = page(
        "El gremio de barqueros dijo el lunes que ninguna de sus barcas saldría esta semana.",
        "La capitana del puerto respondió que las tasas las había fijado el concejo de la ciudad.",
    )
    report = clean(report_of(text))
    assert report.language == "es"
    assert {b.kind for b in report.blocks} == {"other language"}


def test_after_the_comment_form_nothing_is_the_reports_own() -> None:
    tail = (
        "Leave a comment",
        "Bread prices rose again on Sunday in all the markets of the inner city.",
    )
    found = kinds(page(*BODY, *tail))
    assert not READ_KINDS & {found[line] for line in tail}


def test_a_teaser_amid_the_text() -> None:
    teaser = "Will The Council Ever Lower The Dues Of The Old Harbour?"
    assert kinds(page(BODY[0], teaser, *BODY[1:]))[teaser] == "teaser"


def test_words_handed_over_with_a_colon_are_a_block_quotation() -> None:
    words = "We have nothing left to give and the council knows that as well as any captain does."
    found = kinds(page(BODY[0], "The guild replied:", words, BODY[1]))
    assert found[words] == "quotation"


def test_a_caption_stands_alone_with_its_credit() -> None:
    caption = (
        "Captains of the ferry guild wait for news on the quay of the old harbour on March 5, 2022."
    )
    text = page("Ferry guild stays in port", f"{caption}\nMarta Lindqvist/AFP", *BODY)
    found = kinds(text)
    assert found[caption] == "caption"
    assert found["Marta Lindqvist/AFP"] == "boilerplate"


def test_lines_that_a_program_wrapped_are_one_paragraph() -> None:
    wrapped = (
        "THE FERRY GUILD OF OSMAR SAID ON MONDAY THAT NONE OF ITS BOATS\nWOULD LEAVE THE HARBOUR."
    )
    assert wrapped in kinds(page(wrapped, wrapped))


def test_a_long_quotation_is_never_furniture() -> None:
    said = "“Click here, they tell us, sign up for updates, and all is well,” she said of it."
    assert kinds(page(BODY[0], said, BODY[1]))[said] == "body"


def test_notices_to_the_sites_users_are_furniture() -> None:
    notices = (
        "Thank you for signing up!",
        "Don't have an account? Create your account here.",
        "By clicking the button, you agree to our terms and to our privacy policy.",
        "We have e-mailed you a confirmation link. Check your inbox to finish your registration.",
        "There was an error sending your message. Please try again.",
        "To finish reading this story you must have a digital subscription.",
        "This gallery requires JavaScript to be displayed.",
        "Download the Harbour Courier app for your phone.",
        "Stay with Harbour Courier for the latest on this story.",
        "This story will be updated as the guild answers.",
        "Hello {{first_name}}, we are glad that you are back with us.",
    )
    found = kinds(page(BODY[0], *notices, *BODY[1:]))
    assert {line: found[line] for line in notices} == dict.fromkeys(notices, "boilerplate")
    assert [found[line] for line in BODY] == ["body"] * 3


def test_fields_of_a_form_and_what_stands_beside_them() -> None:
    beside = "Your e-mail stays with us, and your profile is never shown on this site."
    form = ("First name", "Last name", "E-mail address *", "Password", "Zip code", beside)
    found = kinds(page(BODY[0], *form, *BODY[1:]))
    assert {found[line] for line in form} == {"boilerplate"}
    assert kinds(page(BODY[0], beside, *BODY[1:]))[beside] == "body"


def test_a_page_of_nothing_but_a_form_has_nothing_to_read() -> None:
    form = ("Welcome back!", "Sign in to your account", "Forgot your password?", "Password")
    report = clean(report_of(page(*form)))
    assert report.title is None
    assert not READ_KINDS & {block.kind for block in report.blocks}


def test_what_a_report_says_to_its_readers_stays_its_own() -> None:
    told = (
        "Anyone with information about the fire is asked to e-mail the harbour police today.",
        "If you saw the boat, call detectives or leave your name on the city's website.",
        "The council said that you can sign in to your account and see what you owe for the quay.",
        "Captains may check their dues. The office opens at nine. Stay with us for updates.",
        "The guild asked its members to download the new tide app before the season begins.",
    )
    found = kinds(page(BODY[0], *told, *BODY[1:]))
    assert {line: found[line] for line in told} == dict.fromkeys(told, "body")


def test_an_appeal_without_a_full_stop_at_the_end_is_the_reports_own() -> None:
    appeal = "Anyone with information is asked to call the harbour police at 555-0142"
    assert kinds(page(*BODY, appeal))[appeal] == "body"


def test_a_beginning_cut_short_is_a_teaser() -> None:
    teaser = "The oldest mill of the coast grinds again, and its owner has plans for [...]"
    assert kinds(page(*BODY, teaser, BODY[0]))[teaser] == "teaser"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_every_word_is_in_exactly_one_block(text: str) -> None:
    report = clean(report_of(text))
    covered = [False] * len(text)
    for block in report.blocks:
        assert not any(covered[block.start : block.end])
        covered[block.start : block.end] = [True] * (block.end - block.start)
        assert block.why
    outside = "".join(c for c, inside in zip(text, covered, strict=True) if not inside)
    assert not re.search(r"\w", outside)


def test_the_outlet_is_named_by_its_masthead_or_a_set_phrase() -> None:
    title = "Ferry guild keeps its boats in port"
    assert clean(report_of(page("The Osmar Courier", title, *BODY))).source == "The Osmar Courier"
    assert clean(report_of(page(title, *BODY, "Follow Harbour Daily on Telegram"))).source == (
        "Harbour Daily"
    )
    assert clean(report_of(page(title, *BODY))).source is None


def test_the_headline_on_a_page_of_two_languages() -> None:
    title = "Ferry guild keeps boats in port, says council"
    text = page(
        "EL CORREO DE OSMAR",
        "Inicio | Mundo | Cultura | Deportes",
        "Lunes, 7 de marzo de 2022",
        title,
        *BODY,
        "Tu correo electrónico no será publicado. Los campos obligatorios están marcados con *",
        "Suscríbete a nuestro boletín y recibe cada mañana en tu correo las noticias más leídas.",
    )
    assert clean(report_of(text)).title == title


def test_what_is_no_outlet_names_none() -> None:
    for line in (
        "Follow Us on Facebook",
        "Follow Jane Roe on Twitter",
        "© 2022 Getty Images",
        "Copyright 2021 All Rights Reserved",
        "Weather Report",
    ):
        assert clean(report_of(page(*BODY, line))).source is None, line
    said = "The Vellin News has learned that none of the boats would leave the harbour this week."
    assert clean(report_of(page(*BODY, said))).source is None
