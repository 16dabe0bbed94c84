"""Every example and counterexample in rules/cues.toml, and what negations and pseudo-cues do."""

import pytest

from extract import cues
from extract.cues import KINDS, find_cues
from extract.phrases import RuleError, rules

RULES = rules("cues")["cue"]
EXAMPLES = [(r["id"], text) for r in RULES for text in r["examples"]]
COUNTEREXAMPLES = [(r["id"], text) for r in RULES for text in r["counterexamples"]]


def test_how_many_cases_were_loaded():
    assert len(RULES) >= 19
    assert len({r["id"] for r in RULES}) == len(RULES)
    assert len(EXAMPLES) >= 30 and len(COUNTEREXAMPLES) >= 7
    assert [r["id"] for r in RULES if not r["examples"]] == []
    assert {r["kind"] for r in RULES} == set(KINDS)


@pytest.mark.parametrize(("rule", "text"), EXAMPLES)
def test_an_example_gives_its_cue(rule, text):
    (kind,) = [r["kind"] for r in RULES if r["id"] == rule]
    assert (rule, kind) in {(c.rule, c.kind) for c in find_cues(text)}


@pytest.mark.parametrize(("rule", "text"), COUNTEREXAMPLES)
def test_a_counterexample_does_not(rule, text):
    (kind,) = [r["kind"] for r in RULES if r["id"] == rule]
    assert (rule, kind) not in {(c.rule, c.kind) for c in find_cues(text)}


def kinds(text: str, rule: str) -> list[str]:
    return [c.kind for c in find_cues(text) if c.rule == rule]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deze aanbeveling neem ik over.", ["agree"]),
        ("Deze aanbeveling neem ik niet over.", ["refuse"]),
        ("De aanbeveling wordt niet overgenomen.", ["refuse"]),
        ("De kosten zijn niet gering, maar deze aanbeveling neem ik over.", ["agree"]),
        ("Niet alleen deze aanbeveling neem ik over.", ["agree"]),
    ],
)
def test_negation_stays_in_its_clause(text, expected):
    assert kinds(text, "takes-over") == expected


def test_cues_know_their_place_and_sentence():
    text = "Ik waardeer het rapport. Deze aanbeveling neem ik over."
    (cue,) = [c for c in find_cues(text) if c.rule == "takes-over"]
    assert (text[cue.start : cue.end], cue.sentence) == ("neem ik over", 1)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({"id": "x", "kind": "agree", "phrases": ["a"], "exampels": []}, "x: unknown key 'exampels'"),
        ({"id": "x", "kind": "agreed", "phrases": ["a"]}, "x: unknown kind 'agreed'"),
    ],
)
def test_a_misspelt_rule_is_an_error(monkeypatch, rule, message):
    monkeypatch.setattr(cues, "rules", lambda name: {"cue": [rule]})
    cues._rules.cache_clear()
    with pytest.raises(RuleError, match=message):
        find_cues("Goed.")
    cues._rules.cache_clear()
