"""The review page without a browser: decisions, undo, re-runs, blind coding, and what must be refused."""

import dataclasses
import re
import warnings

import pytest

from corpus.annotated import load
from corpus.store import Correction, add_correction, apply, corrections, documents, queue, save
from flows import cli
from flows.cli import UsageError
from flows.commands.review import check_address
from flows.review import create_app
from flows.review.agreement import agreement, codes
from flows.review.annotate import write_annotations
from flows.review.places import NotInDocument, Text
from tests.flows.review.made_store import ANSWERS, ASKS, EVIL, MISSED, fill, new_store

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # starlette would like another HTTP library
    from fastapi.testclient import TestClient

HOME = "http://127.0.0.1:8321"


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path / "store") as made:
        yield made


@pytest.fixture
def client(store):
    return TestClient(create_app(store, reviewer="Anna"), base_url=HOME)


def key(client) -> str:
    return re.search(r'name="form_key" value="([^"]+)"', client.get("/").text)[1]


def form(client, path: str, **changed) -> dict:
    """The form as the browser would send it, with some fields changed."""
    page = client.get(path).text.partition('id="decision"')[2].partition("</form>")[0]
    fields = dict(re.findall(r'<input[^>]* name="(?!decision)(\w+)" value="([^"]*)"(?! checked)', page))
    fields |= dict(re.findall(r'type="radio" name="(\w+)" value="([^"]+)" checked', page))
    areas = re.findall(r'<textarea id="\w+" name="(\w+)"[^>]*>(.*?)</textarea>', page, re.S)
    fields |= {name: text.replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'") for name, text in areas}
    return {name: value for name, value in fields.items() if name != "reviewer"} | {"form_key": key(client)} | changed


def post(client, path: str, **changed):
    return client.post(path, data=form(client, path, **changed), follow_redirects=False)


def now(store) -> dict:
    """recommendation_id → (text, status, corrected) as exported."""
    found = {}
    for document in apply(documents(store), corrections(store)):
        status = {c.recommendation_id: c.status for c in document.codings}
        for r in document.recommendations:
            found[r.recommendation_id] = (r.text, status.get(r.recommendation_id, ""), r.corrected)
    return found


def test_the_queue_has_the_doubtful_first_and_what_was_seen_no_more(client, store):
    page = queue.page(store)
    assert [i.recommendation_id for i in page.items] == ["r2-2", "r1-2", "r2-3", "r1-3", "r2-1", "r1-1"]
    assert client.get("/next", follow_redirects=False).headers["location"] == "/record/d2/r2-2"
    assert post(client, "/record/d2/r2-2").headers["location"] == "/next?said=accepted"
    assert queue.first(store) == ("d1", "r1-2") and queue.page(store).total == 5


def test_a_page_beyond_the_end_is_empty(client):
    assert client.get("/?start=99999999999999999999").status_code == 200


def test_skipped_ones_come_last_and_the_queue_never_ends_early(client, store):
    for document, rid in [("d2", "r2-2"), ("d1", "r1-2")]:
        post(client, f"/record/{document}/{rid}", decision="skip")
    assert client.get("/next", follow_redirects=False).headers["location"] == "/record/d2/r2-3"
    for document, rid in [("d2", "r2-3"), ("d1", "r1-3"), ("d2", "r2-1"), ("d1", "r1-1")]:
        post(client, f"/record/{document}/{rid}")
    assert client.get("/next", follow_redirects=False).headers["location"] == "/record/d2/r2-2"


def test_each_field_can_be_corrected_and_one_undo_takes_all_back(client, store):
    before = now(store)
    sent = {"status": "rejected", "position": "disagree", "addressee": "de minister", "deadline_to": "2025-01-01"}
    sent |= {"response_text": f"{ANSWERS[0]} […] {ANSWERS[1]}", "note": "zie p. 2"}
    done = post(client, "/record/d1/r1-1", **sent)
    assert done.headers["location"] == "/next?said=saved"
    made = {c.field: c.new_value for c in corrections(store)}
    assert made.keys() == {"status", "position", "addressee", "response_text", "deadline_to"}
    assert now(store)["r1-1"][1:] == ("rejected", "addressee;response_text;status;position;deadline_to")
    assert {c.note for c in corrections(store)} == {"zie p. 2"}
    undone = client.post("/undo", data={"form_key": key(client)}, follow_redirects=False)
    assert undone.headers["location"] == "/record/d1/r1-1?said=undone"
    assert corrections(store) == [] and now(store) == before
    assert client.post("/undo", data={"form_key": key(client)}).url.path == "/"


def test_spaces_that_a_browser_would_change_are_no_correction(client, store):
    (first, *_) = list(documents(store))
    spaced = dataclasses.replace(first.codings[0], response_text="De eerste\u00a0aanbeveling  neem ik over.")
    save(store, dataclasses.replace(first, codings=(spaced, *first.codings[1:])), "2")
    assert post(client, "/record/d1/r1-1").headers["location"] == "/next?said=accepted"


def test_undo_takes_back_only_ones_own(client, store):
    post(client, "/record/d1/r1-1")
    other = TestClient(create_app(store, reviewer="Bram"), base_url=HOME)
    assert (
        other.post("/undo", data={"form_key": key(other)}, follow_redirects=False).headers["location"]
        == "/?said=nothing"
    )
    assert len(corrections(store)) == 1


def test_boundaries_must_be_words_of_the_document(client, store):
    longer = f"{ASKS[2]} {MISSED}"
    assert post(client, "/record/d1/r1-3", text=longer).status_code == 303
    (change,) = corrections(store)
    assert len(change.sources) == 2 and now(store)["r1-3"][0] == longer
    refused = post(client, "/record/d1/r1-3", text="Dit staat er niet.")
    assert refused.status_code == 422 and "Dit staat er niet." in refused.text and len(corrections(store)) == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("status", "perhaps", "status perhaps"),
        ("evidence", "nergens", "nergens"),
        ("text", " ", "leeg"),
        ("addressee", "x" * 20_001, "te lang"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_reason(client, store, field, value, said):
    refused = post(client, "/record/d1/r1-1", **{field: value})
    assert refused.status_code == 422 and said in refused.text and corrections(store) == []


def test_a_missed_recommendation_is_added_with_its_place_and_can_be_coded(client, store):
    data = {"form_key": key(client), "text": MISSED}
    added = client.post("/document/d1", data=data, follow_redirects=False).headers["location"]
    assert re.fullmatch(r"/record/d1/added-\w+\?said=added", added)
    path = added.partition("?")[0]
    assert client.get(path).text.count("<rect") == 2
    post(client, path, status="adopted", position="agree", action="new", response_text=ANSWERS[0])
    rid = path.rpartition("/")[2]
    assert now(store)[rid][:2] == (MISSED, "adopted")
    assert client.post("/document/d1", data=data).status_code == 409


def test_a_false_one_is_deleted_and_comes_back_with_undo(client, store):
    post(client, "/record/d1/r1-2", decision="delete")
    assert "r1-2" not in now(store) and client.get("/record/d1/r1-2").status_code == 404
    client.post("/undo", data={"form_key": key(client)})
    assert "r1-2" in now(store)


def test_corrections_survive_a_new_run_and_follow_changed_words(client, store):
    post(client, "/record/d1/r1-1", status="rejected", position="disagree")
    post(client, "/record/d1/r1-3")
    first = fill(store)[0]
    assert now(store)["r1-1"][1] == "rejected" and now(store)["r1-3"][2] == "accepted"
    renamed = dataclasses.replace(first.recommendations[0], recommendation_id="r1-new", text=ASKS[0].rstrip("."))
    coding = dataclasses.replace(first.codings[0], recommendation_id="r1-new")
    save(store, dataclasses.replace(first, recommendations=(renamed,), codings=(coding,), responses=()), version="2")
    assert now(store)["r1-new"][1] == "rejected"
    assert ASKS[2] in client.get("/done").text.partition("<table")[0]  # the accepted one is gone: reported
    assert ASKS[2] in client.get("/document/d1").text


def test_an_accepted_status_stays_when_a_later_run_says_otherwise(client, store):
    post(client, "/record/d1/r1-1")
    first = fill(store)[0]
    other = dataclasses.replace(first.codings[0], status="deferred", position="neutral", action="later")
    save(store, dataclasses.replace(first, codings=(other, *first.codings[1:])), version="2")
    assert now(store)["r1-1"][1:] == ("adopted", "accepted")


def test_text_of_a_pdf_is_escaped_and_pages_run_only_our_script(client):
    for path in ("/", "/record/d1/r1-2", "/document/d1", "/blind", "/blind/d1/r1-2"):
        answer = client.get(path)
        assert EVIL not in answer.text and answer.text.count("<script") == 1, path
        assert "script-src 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["/static/app.py", "/static/..%2fapp.py", "/static/../app.py", "/page/..%2f..%2fetc%2fpasswd/1.png",
             "/page/d1/..%2f1.png", "/record/..%2f..%2f/x", "/page/d1/0.png", "/page/d1/3.png"]
)  # fmt: skip
def test_no_path_leads_out(client, path):
    answer = client.get(path)
    assert answer.status_code in (404, 422) and "root:" not in answer.text and "FastAPI" not in answer.text


def test_a_missing_file_shows_no_page_and_the_record_still_works(client, store):
    import shutil

    shutil.rmtree(store.files.root)
    assert "De pdf ontbreekt" in client.get("/record/d1/r1-1").text
    assert client.get("/page/d1/1.png").status_code == 404
    assert post(client, "/record/d1/r1-1", status="rejected").status_code == 303


@pytest.mark.parametrize(
    "headers", [{"origin": "https://elders.nl"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}]
)
def test_forms_of_other_sites_are_refused(client, store, headers):
    data = form(client, "/record/d1/r1-1")
    assert client.post("/record/d1/r1-1", data=data, headers=headers).status_code == 403
    assert client.post("/undo", data={"form_key": key(client)}, headers=headers).status_code == 403
    assert corrections(store) == []


def test_forms_without_the_key_are_refused(client, store):
    for path in ("/record/d1/r1-1", "/document/d1", "/undo", "/blind/d1/r1-1", "/reviewer"):
        answer = client.post(path, data={"form_key": "x", "text": MISSED, "status": "adopted", "reviewer": "x"})
        assert answer.status_code in (403, 422), path
    assert corrections(store) == []


def test_another_name_for_this_machine_is_refused(client):
    for name in ("kwaad.nl:8321", "127.0.0.1.kwaad.nl", "127.1", "0.0.0.0:8321", "[", "", "a b"):
        assert client.get("/", headers={"host": name}).status_code == 421, name
    assert client.get("/", headers={"host": "localhost:8321"}).status_code == 200
    assert client.get("/", headers={"host": "[::1]:8321"}).status_code == 200


def test_with_a_token_nobody_gets_in_without_it(store):
    app = create_app(store, token="geheim-geheim-geheim", reviewer="Anna")
    browser = TestClient(app, base_url="http://10.0.0.5:8321")
    assert browser.get("/").status_code == 401 and browser.get("/page/d1/1.png").status_code == 401
    assert browser.get("/?token=mis").status_code == 401
    let_in = browser.get("/?token=geheim-geheim-geheim")
    assert let_in.status_code == 200 and "token" not in str(let_in.url)
    assert post(browser, "/record/d1/r1-1").status_code == 303
    assert "geheim" not in str(browser.cookies)


def test_listening_beyond_this_machine_needs_a_token():
    with pytest.raises(UsageError, match="give --token"):
        check_address("0.0.0.0", 0, "")
    with pytest.raises(UsageError, match="too short"):
        check_address("0.0.0.0", 0, "kort")
    assert check_address("0.0.0.0", 0, "geheim-geheim-geheim").endswith("?token=geheim-geheim-geheim")
    assert check_address("127.0.0.1", 0, "") == "http://127.0.0.1:0/"
    with pytest.raises(UsageError, match=r"cannot listen on 127\.0\.0\.1 port 70000"):
        check_address("127.0.0.1", 70000, "")


def test_a_reviewer_without_a_name_can_look_but_not_decide(store):
    nameless = TestClient(create_app(store), base_url=HOME)
    refused = post(nameless, "/record/d1/r1-1")
    assert refused.status_code == 422 and "naam" in refused.text
    nameless.post("/reviewer", data={"form_key": key(nameless), "reviewer": "Chloë; de Vries"})
    post(nameless, "/record/d1/r1-1")
    assert [c.reviewer for c in corrections(store)] == ["Chloë; de Vries"]


def test_blind_coding_hides_the_program_changes_nothing_and_is_measured(client, store):
    before = now(store)
    sample = queue.sample(store, 50)
    page = client.get("/blind/d1/r1-1").text
    assert " checked>" not in page.partition('id="keys"')[0] and "Zekerheid" not in page and "overgenomen" in page
    bram = TestClient(create_app(store, reviewer="Bram"), base_url=HOME)
    for place, (document, rid) in enumerate(sample):
        for coder in (client, bram):
            status = "rejected" if place == 0 and coder is bram else ("adopted" if place % 2 else "deferred")
            post(coder, f"/blind/{document}/{rid}", status=status)
    assert now(store) == before and queue.page(store).total == 6
    got = agreement("status", codes(corrections(store), "status"))
    assert (got.units, got.same) == (6, 5) and 0.6 < got.alpha < 0.8
    assert f"{got.alpha:.3f}" in client.get("/blind").text


def test_alpha_is_not_defined_on_too_little():
    made = [Correction("change", "d", "r", who, field="status", new_value="adopted", blind=True) for who in "ab"]
    assert agreement("status", codes(made, "status")).alpha is None
    assert agreement("status", {}).units == 0


def test_reviewed_documents_become_annotations_that_load(client, store, tmp_path):
    post(client, "/record/d1/r1-1")
    post(client, "/record/d1/r1-2", decision="delete")
    assert write_annotations(store, tmp_path) == (0, 1)
    post(client, "/record/d1/r1-3", status="deferred", position="neutral", action="later")
    client.post("/document/d1", data={"form_key": key(client), "text": MISSED})
    (added,) = [c.recommendation_id for c in corrections(store) if c.kind == "add"]
    post(client, f"/record/d1/{added}", status="unanswered", position="none", action="none")
    assert write_annotations(store, tmp_path) == (1, 0)
    (path,) = tmp_path.glob("*.json")
    gold = load(path).gold
    assert [r["status"] for r in gold["recommendations"]] == [["adopted"], ["deferred"], ["unanswered"]]
    assert [r["number"] for r in gold["recommendations"]] == ["1", "3", ""]
    assert [p["recommendations"] for p in gold["responses"]] == [[1], [2]]


def test_words_are_found_across_hyphens_blocks_and_passages():
    from corpus.records import Block

    text = Text([Block("paragraph", "Een lange zin die"), Block("paragraph", "doorloopt. Slot!")])
    assert [(s.block, s.start, s.end) for s in text.find("zin die door-loopt")] == [(0, 10, 17), (1, 0, 10)]
    assert len(text.find("lange […] Slot!")) == 2
    with pytest.raises(NotInDocument, match="ontbreekt"):
        text.find("lange […] ontbreekt")


def test_both_languages_have_the_same_words(store):
    import tomllib

    from flows.review.app import HERE

    both = tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))
    assert both["nl"].keys() == both["en"].keys()
    english = TestClient(create_app(store, reviewer="Anna", lang="en"), base_url=HOME)
    assert "Nobody has looked at 6 recommendations" in english.get("/").text


def test_the_command_refuses_an_open_door_in_one_line(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("OPVOLGING_HOME", str(tmp_path))
    assert cli.main(["review", "--host", "0.0.0.0"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_corrections_made_by_hand_show_too(client, store):
    add_correction(
        store, Correction("change", "d1", "r1-1", "x", field="page", old_value="1", new_value="2", snapshot=ASKS[0])
    )
    assert client.get("/done").status_code == 200 and client.get("/record/d1/r1-1").status_code == 200
