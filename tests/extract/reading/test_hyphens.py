"""Line-end hyphens: the printer's go, the writer's stay."""

import pytest

from extract.reading.hyphens import Words, join

CASES = [
    (["de vergun-", "ning is er"], "de vergunning is er"),
    (["de keten-/", "partners"], "de keten-/partners"),
    (["de (keten-)", "partners"], "de (keten-) partners"),
    (["in-", "en uitvoer"], "in- en uitvoer"),
    (["wet-", "of regelgeving"], "wet- of regelgeving"),
    (["Noord-", "Holland"], "Noord-Holland"),
    (["de KMar-", "organisatie"], "de KMar-organisatie"),
    (["de OM-", "brief"], "de OM-brief"),
    (["een ex-", "minister"], "een ex-minister"),
    (["de e-", "mail"], "de e-mail"),
    (["radio-", "uitzending"], "radio-uitzending"),
    (["2020-", "2021"], "2020-2021"),
    (["het besluit –", "zie boven"], "het besluit – zie boven"),
    (["en/", "of"], "en/of"),
    (["artikel", "2"], "artikel 2"),
    (["https://een.nl/de-", "brief"], "https://een.nl/de-brief"),
]


@pytest.mark.parametrize(("lines", "text"), CASES, ids=[text for _, text in CASES])
def test_join(lines, text):
    assert join(lines, Words([]))[0] == text


def test_the_document_decides():
    words = Words(["het sociaal-economisch beleid", "de zeeegel en de arbeidsinspectie"])
    assert join(["sociaal-", "economisch"], words)[0] == "sociaal-economisch"
    assert join(["zee-", "egel"], Words([]))[0] == "zee-egel"
    assert join(["zee-", "egel"], Words(["zeeegel"]))[0] == "zeeegel"


def test_spans_cover_the_lines():
    text, spans = join(["de vergun-", "ning is", "er"], Words([]))
    assert [text[a:b] for a, b in spans][1:] == ["ning is", "er"]
