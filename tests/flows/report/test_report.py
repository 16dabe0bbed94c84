"""The report: what is counted, what is escaped, and that both languages are whole."""

import re
import subprocess
import sys
from collections import Counter
from datetime import date

import pytest

from corpus.export import write_tables
from flows import cli
from flows.report import build, figures
from flows.report.page import marked, words
from tests.made import blank, tables

TODAY = date(2020, 1, 1)


def test_a_recommendation_of_a_report_that_a_letter_answers_counts_once():
    made = tables(30)
    got = figures.count(made, TODAY)
    assert len(made["recommendations"]) == 32 and len(got.recommendations) == 30
    assert got.statuses.total() == 30 and got.documents == Counter(letter=6, report=2)


def test_groups_are_those_of_the_letter_largest_first():
    got = figures.count(tables(30), TODAY)
    assert [counts.total() for counts in got.by_issuer.values()] == [10, 10, 5, 5]
    assert list(got.by_year) == ["2018"]
    few = figures.largest(got.by_issuer, 2, "overige")
    assert [(name, counts.total()) for name, counts in few.items()][2] == ("overige", 10)


def test_days_from_report_to_letter():
    assert figures.count(tables(30), TODAY).waits == [60, 60 + 3 * 53]
    undated = tables(5)
    undated["documents"][1]["date"] = ""
    assert figures.count(undated, TODAY).waits == []


def test_commitments_are_overdue_on_the_day_after_their_period():
    made = tables(5)
    last = date.fromisoformat(made["commitments"][0]["deadline_to"])
    assert figures.count(made, last).overdue == []
    (late,) = figures.count(made, last.replace(day=last.day + 1)).overdue
    assert (late["days"], late["source_file"]) == (1, "letter-00000.pdf")


def test_documents_to_review_come_in_order_of_need():
    got = figures.count(tables(30), TODAY).review
    assert [(d["document_id"], needed, total) for d, needed, total in got[:2]] == [
        ("letter-0", 2, 5),
        ("letter-4", 2, 5),
    ]


def test_nothing_at_all_gives_a_page():
    page = build({name: [] for name in tables(1)}, "nl", TODAY)
    assert "Van geen toezegging is de termijn verstreken." in page


def test_text_of_documents_is_escaped_everywhere():
    page = build(tables(10, text="<script>alert(1)</script><img src=x onerror=alert(2)>$x^$ "), "nl", TODAY)
    assert page.count("<script") == 1 and "<img" not in page and "onerror=alert(2)&gt;" in page


def test_evidence_is_marked_once_and_escaped():
    assert marked("a <b> neem over, neem over", "neem over") == "a &lt;b&gt; <mark>neem over</mark>, neem over"
    assert marked("a", "zz") == "a" and marked("a", "") == "a"


def test_the_page_fetches_nothing():
    page = build(tables(10), "en", TODAY)
    addresses = set(re.findall(r'(?:src|href)="([^"#]+)', page)) | set(re.findall(r"@import|url\((?!#)", page))
    assert addresses == set()
    assert "default-src 'none'" in page


def test_both_languages_have_the_same_words():
    assert words("nl").keys() == words("en").keys()
    assert all(words("nl").values()) and all(words("en").values())


@pytest.mark.parametrize(("lang", "word"), [("nl", "niet overgenomen"), ("en", "partly adopted")])
def test_the_command_writes_the_page_from_a_folder_of_tables(tmp_path, capsys, lang, word):
    write_tables(tables(10), tmp_path / "tables")
    out = tmp_path / "new" / "report.html"
    assert cli.main(["report", "--out", str(out), "--tables", str(tmp_path / "tables"), "--lang", lang]) == 0
    assert f'<html lang="{lang}">' in out.read_text(encoding="utf-8") and word in out.read_text(encoding="utf-8")
    again = out.read_bytes()
    assert cli.main(["report", "--out", str(out), "--tables", str(tmp_path / "tables"), "--lang", lang]) == 0
    assert out.read_bytes() == again


def test_the_command_says_what_is_wrong_in_one_line(tmp_path, capsys):
    assert cli.main(["report", "--out", str(tmp_path / "x.html"), "--tables", str(tmp_path)]) == 2
    assert "no recommendations.csv in" in capsys.readouterr().err
    write_tables(tables(5), tmp_path)
    assert cli.main(["report", "--out", str(tmp_path / "recommendations.csv/x"), "--tables", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_help_imports_nothing_heavy():
    code = "import sys; from flows import cli\ntry: cli.main(['report', '--help'])\nexcept SystemExit: pass\n"
    code += "print({'matplotlib', 'jinja2', 'pyarrow', 'sqlalchemy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip().endswith("set()"), done.stdout


def test_made_tables_have_the_declared_columns():
    for name, rows in tables(10).items():
        assert all(row.keys() == blank(name).keys() for row in rows)
