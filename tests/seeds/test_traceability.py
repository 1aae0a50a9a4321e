"""Every figure read from an article stands where its claim says, and says what is printed there.

The articles are not part of the repository. Their folder is named by ``IPO_SOURCE_TEXTS``, or stands beside the
repository as ``shared/sources``; without it these tests are skipped.
"""

import hashlib
import os
import re
from pathlib import Path

import pytest

from ipo_data.dataset import Dataset
from ipo_data.model.claim import Claim, Locator
from ipo_data.model.source import Source
from ipo_data.paths import ARTICLES_VARIABLE, ROOT
from tests.seeds.chinese_numbers import numbers_in

FEWEST_CLAIMS = 190
LONGEST_PRINTED = 20
"""Characters of an article that a locator may hold: a figure and its unit, never a sentence."""
LONGEST_QUOTE = 16
"""Characters in a row that a note may share with the article."""


def articles_folder() -> Path:
    named = os.environ.get(ARTICLES_VARIABLE)
    return Path(named) if named else ROOT.parent / "shared" / "sources"


@pytest.fixture(scope="module")
def articles(dataset: Dataset) -> dict[str, list[str]]:
    """Return the paragraphs of every article by source id: the lines that are not blank."""
    folder = articles_folder()
    if not folder.is_dir():
        pytest.skip(f"no article texts: name their folder with {ARTICLES_VARIABLE}")
    texts = {source.id: (folder / source.file).read_text("utf-8") for source in with_file(dataset) if source.file}
    return {name: [line for line in text.splitlines() if line.strip()] for name, text in texts.items()}


def with_file(dataset: Dataset) -> list[Source]:
    return [source for source in dataset.sources.values() if source.file]


def read_from_articles(dataset: Dataset) -> list[Claim]:
    return [claim for claim in dataset.claims if dataset.sources[claim.source].file]


def test_files_are_those_that_were_read(dataset, articles):
    assert len(articles) == 5
    for source in with_file(dataset):
        content = (articles_folder() / str(source.file)).read_bytes()
        assert hashlib.sha256(content).hexdigest() == source.sha256, f"{source.file} is not the text that was read"


def test_every_claim_of_an_article_cites_a_paragraph_and_the_printed_figure(dataset):
    claims = read_from_articles(dataset)
    assert len(claims) >= FEWEST_CLAIMS
    for claim in claims:
        locator = claim.locator
        assert locator is not None, claim.id
        assert locator.paragraph, claim.id
        assert locator.printed, claim.id
        assert len(locator.printed) <= LONGEST_PRINTED, claim.id


def test_printed_figures_stand_where_the_locators_say(dataset, articles):
    missing = []
    for claim in read_from_articles(dataset):
        locator = claim.locator
        paragraphs = articles[claim.source]
        inside = locator.paragraph <= len(paragraphs)
        if not inside or paragraphs[locator.paragraph - 1].count(locator.printed) < locator.nth:
            missing.append(
                f"{claim.where}: '{locator.printed}' does not stand in ¶{locator.paragraph} of {claim.source}"
            )
    assert missing == []


def says_what_is_printed(claim: Claim) -> bool:
    """Compare the claim's digits with the printed ones; a year may be left out, and a fall is printed without sign."""
    printed = numbers_in(claim.locator.printed)
    day = claim.quantity.day
    if day is not None:
        parts = [int(part) for part in day.text.split("-")]
        return bool(printed) and printed[: len(parts)] in (parts, parts[-len(printed) :])
    return abs(claim.quantity.value) in {abs(number) for number in printed}


def test_claims_say_what_is_printed(dataset):
    different = [
        f"{claim.where}: says {claim.says}, printed '{claim.locator.printed}'"
        for claim in read_from_articles(dataset)
        if not says_what_is_printed(claim)
    ]
    assert different == []


def test_the_sign_of_a_printed_figure_is_kept(dataset):
    for claim in read_from_articles(dataset):
        if claim.locator.printed.startswith("-"):
            assert claim.quantity.value < 0, claim.where


HEDGES = {
    "at_least": ("超", "逾", "多", "以上", "至少", "突破", "千億港元", "1000亿港元"),
    "at_most": ("不超过", "短短", "前五"),
    "about": ("约", "約", "级", "級", "或"),
    "nearly": ("近",),
}


def test_hedges_stand_before_or_behind_the_printed_figure(dataset, articles):
    """A claim hedged in the records is hedged in the text, within a few characters of the figure."""
    unfounded = []
    for claim in read_from_articles(dataset):
        words = HEDGES.get(claim.quantity.bound)
        if words is None:
            continue
        paragraph = articles[claim.source][claim.locator.paragraph - 1]
        at = paragraph.index(claim.locator.printed)
        around = paragraph[max(0, at - 12) : at + len(claim.locator.printed) + 3]
        if not any(word in around for word in words):
            unfounded.append(f"{claim.where}: {claim.says} in '{around}'")
    assert unfounded == []


def test_exact_figures_are_not_hedged_by_the_word_before_them(dataset, articles):
    """A hedge right before the printed figure is part of what is printed."""
    overlooked = []
    for claim in read_from_articles(dataset):
        if claim.quantity.bound != "exact" or claim.quantity.day is not None:
            continue
        paragraph = articles[claim.source][claim.locator.paragraph - 1]
        starts = [match.start() for match in re.finditer(re.escape(claim.locator.printed), paragraph)]
        before = paragraph[: starts[claim.locator.nth - 1]].rstrip()
        if re.search(r"(超过|超過|逾|至少|不超过|约|約|近|大约|大約)$", before):
            overlooked.append(f"{claim.where}: {claim.says} after '{before[-4:]}'")
    assert overlooked == []


def test_statements_stand_in_an_existing_paragraph(dataset, articles):
    for company in dataset.companies:
        for statement in dataset.statements(company):
            paragraph = Locator.parse(statement.at).paragraph
            assert paragraph is not None, statement.id
            assert paragraph <= len(articles[statement.source]), statement.id


def test_no_sentence_of_an_article_is_copied(dataset, articles):
    for company in dataset.companies:
        for statement in dataset.statements(company):
            title = statement.title.simplified()
            runs = {title[at : at + LONGEST_QUOTE + 1] for at in range(len(title) - LONGEST_QUOTE)}
            assert not any(run in "".join(articles[statement.source]) for run in runs), statement.id
    for claim in read_from_articles(dataset):
        text = "".join(articles[claim.source])
        note = claim.note.simplified() if claim.note else ""
        runs = {note[at : at + LONGEST_QUOTE + 1] for at in range(len(note) - LONGEST_QUOTE)}
        assert not any(run in text for run in runs), claim.where
