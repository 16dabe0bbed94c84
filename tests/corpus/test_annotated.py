"""The annotated documents that are shipped fit their schema, and a malformed one is named."""

from __future__ import annotations

import json

import pytest

from corpus.annotated import DOCUMENTS, AnnotationError, load, load_folder, status_of
from corpus.tables import ACTIONS, POSITIONS, STATUSES
from tests.conftest import EXAMPLES

SOURCE = """title: Reactie
author: Ministerie

P De Inspectie doet twee aanbevelingen.[[Kamerstuk 1.]]
N 1 Stel een norm vast.
B Oefen elk jaar.
P De eerste neem ik over.
T Aanbeveling | Reactie
T Meet de uitkomst | Ja
"""
GOLD = {
    "id": "klein", "author": "t", "provenance": "constructed", "kind": "letter", "issuer": "", "report_title": "",
    "signatory": "", "commitments": [],
    "recommendations": [
        {"ordinal": 1, "starts": "Stel een", "ends": "norm vast", "status": ["adopted"], "position": "agree", "action": "new"},
        {"ordinal": 2, "starts": "Oefen", "ends": "elk jaar", "status": ["unanswered"], "position": "none", "action": "none"},
    ],
    "responses": [{"recommendations": [1], "contains": "De eerste neem ik over"}],
}  # fmt: skip


def written(folder, gold=GOLD, source=SOURCE):
    (folder / "klein.txt").write_text(source, encoding="utf-8")
    (folder / "klein.json").write_text(json.dumps(gold), encoding="utf-8")
    return folder / "klein.json"


def test_the_shipped_corpus():
    found = load_folder(DOCUMENTS)
    assert len(found) >= 80
    assert len({d.author for d in found if d.author.startswith("w")}) >= 4
    assert {d.gold["provenance"] for d in found} == {"constructed"}
    assert {d.gold["kind"] for d in found} == {"letter", "report"}
    codes = {c for d in found for r in d.gold["recommendations"] for c in r.get("status", [])}
    assert codes == set(STATUSES)


def test_a_printed_dash_makes_an_item(tmp_path):
    source = SOURCE.replace("B Oefen elk jaar.", "P – Oefen elk jaar.[[Kamerstuk 2.]]")
    (item,) = [b for b in load(written(tmp_path, source=source)).blocks if b.text.startswith("Oefen")]
    assert (item.kind, item.number, item.notes) == ("item", "•", ((len("Oefen elk jaar."), "2"),))


def test_the_examples_are_documents_of_the_corpus():
    found = load_folder(EXAMPLES)
    assert sorted(d.name for d in found) == sorted(p.stem for p in EXAMPLES.glob("*.pdf"))
    assert [d.name for d in found if d.source != (DOCUMENTS / f"{d.name}.txt").read_text("utf-8")] == []


def test_every_coded_passage_is_of_the_scheme():
    files = sorted((DOCUMENTS.parent / "passages").glob("p[0-9]*.jsonl"))
    rows = [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]
    assert len(files) >= 4 and len(rows) >= 1000
    codes = {(r["position"], r["action"], r["status"]) for r in rows}
    assert [c for c in codes if status_of(c[0], c[1]) != c[2] or c[0] not in POSITIONS or c[1] not in ACTIONS] == []


def test_blocks(tmp_path):
    made = load(written(tmp_path)).blocks
    assert [(b.kind, b.number, b.text) for b in made] == [
        ("paragraph", "", "De Inspectie doet twee aanbevelingen."),
        ("item", "1", "Stel een norm vast."),
        ("item", "•", "Oefen elk jaar."),
        ("paragraph", "", "De eerste neem ik over."),
        ("table", "", "Aanbeveling | Reactie"),
        ("table", "", "Meet de uitkomst | Ja"),
        ("footnote", "1", "Kamerstuk 1."),
    ]
    assert made[0].notes == ((37, "1"),)
    assert [b.level for b in made if b.kind == "table"] == [0, 1]


def changed(*path, to):
    gold = json.loads(json.dumps(GOLD))
    place = gold
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = to
    return gold


@pytest.mark.parametrize(
    ("gold", "message"),
    [
        (changed("kind", to="motion"), "kind 'motion' is neither letter nor report"),
        (changed("recommendations", 0, "starts", to="Dit staat"), "recommendation 1 does not occur"),
        (changed("recommendations", 1, "ordinal", to=3), "ordinal 3 where 2 was expected"),
        (changed("recommendations", 0, "status", to=["accepted"]), r"recommendation 1: status \['accepted'\]"),
        (changed("recommendations", 0, "action", to="soon"), "action 'soon'"),
        (changed("recommendations", 0, "position", to="disagree"), "disagree and new give rejected, not adopted"),
        (changed("responses", 0, "contains", to="nergens"), "does not occur: 'nergens'"),
        (changed("responses", 0, "recommendations", to=[3]), r"no such recommendation: \[3\]"),
        ({k: v for k, v in GOLD.items() if k != "issuer"}, "no 'issuer'"),
    ],
)
def test_a_malformed_annotation_is_named(tmp_path, gold, message):
    with pytest.raises(AnnotationError, match=f"klein: .*{message}"):
        load(written(tmp_path, gold))


def test_a_malformed_source_is_named(tmp_path):
    with pytest.raises(AnnotationError, match=r"klein\.json: not a block: 'Q wat'"):
        load(written(tmp_path, source=SOURCE + "Q wat\n"))


def test_missing_files(tmp_path):
    with pytest.raises(AnnotationError, match="no annotated documents"):
        load_folder(tmp_path)
    path = written(tmp_path)
    path.with_suffix(".txt").unlink()
    with pytest.raises(AnnotationError, match=r"klein\.json: .*No such file"):
        load(path)


@pytest.mark.parametrize(
    ("position", "action", "status"),
    [
        ("agree", "none", "adopted"), ("neutral", "new", "adopted"), ("neutral", "existing", "adopted"),
        ("partly", "new", "partly_adopted"), ("disagree", "existing", "rejected"), ("none", "none", "unanswered"),
        ("neutral", "study", "deferred"), ("neutral", "referral", "deferred"), ("neutral", "later", "deferred"), ("neutral", "none", "deferred"),
    ],
)  # fmt: skip
def test_the_status_follows_from_position_and_action(position, action, status):
    assert status_of(position, action) == status
