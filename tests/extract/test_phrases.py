"""The language of the rule files."""

import re

import pytest

from extract import phrases
from extract.phrases import RuleError, any_of, rules, to_regex

CASES = [
    ("neem ~ over", "Ik neem deze aanbeveling over.", True),
    ("neem ~ over", "Ik neem dit waar; dat gaat over iets anders.", False),
    ("neem ~ over", "ik neem een twee drie vier vijf zes zeven acht negen tien over", False),
    ("neem ~~ over", "ik neem een twee drie vier vijf zes zeven acht negen tien over", True),
    ("neem|neemt over", "hij neemt over", True),
    ("neem over", "ik ontneem overal", False),
    ("onder (de) voorwaarde", "onder voorwaarde", True),
    ("onder (de) voorwaarde", "onder de voorwaarde", True),
    ("onder (de) voorwaarde", "onder een voorwaarde", False),
    ("aanbeveling*", "De AANBEVELINGEN volgen", True),
    ("*beleid", "staand rijksbeleid", True),
    ("binnen # maanden", "binnen 18 maanden", True),
    ("binnen # maanden", "binnen enkele maanden", False),
    ("nog niet", "nog  niet", True),
]


@pytest.mark.parametrize(("phrase", "text", "found"), CASES)
def test_phrases(phrase, text, found):
    assert bool(re.search(to_regex(phrase), text, re.IGNORECASE)) is found


def test_an_empty_list_is_an_error():
    with pytest.raises(RuleError, match="empty"):
        any_of([])


def test_a_rule_file_that_is_no_toml_is_named(tmp_path, monkeypatch):
    (tmp_path / "kapot.toml").write_text("a = ")
    monkeypatch.setattr(phrases, "RULES", tmp_path)
    with pytest.raises(RuleError, match=r"kapot\.toml"):
        rules("kapot")
