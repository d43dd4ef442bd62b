"""Personal data in quotes is found, and what only looks like it is not. All numbers here are invented or of tests."""

import pytest

from dashboard.importers.personal_data import kinds_in


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("mitt nummer är 811228-9874 sa hon", "identity_number"),
        ("198112289874", "identity_number"),
        ("811228+9874", "identity_number"),
        ("samordningsnummer 701063-2391", "identity_number"),
        ("fødselsnummer 010190 10046", "identity_number"),
        ("henkilötunnus 131052-308T.", "identity_number"),
        ("cpr 070761-4285", "identity_number"),
        ("0707614285", "identity_number"),
        ("ring mig på 070-123 45 67", "telephone"),
        ("0701234567", "telephone"),
        ("08-123 456 78", "telephone"),
        ("+46 70 123 45 67", "telephone"),
        ("0047 22 33 44 55", "telephone"),
        ("tlf. 22 33 44 55", "telephone"),
        ("ring på 40012345", "telephone"),
        ("skriv till anna.ek@example.org, sa de", "e_mail"),
    ],
)
def test_personal_data_is_found(text, kind):
    assert kind in kinds_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "PHQ-9 12-15",
        "GAD-7 went from 14 to 6, PHQ-9 from 21 to 9",
        "2026-05-12",
        "20260512",
        "12.05.2026",
        "01-02-2026",
        "05/12/2026",
        "mellan 08:30 och 09:15",
        "08.30-09.15",
        "0-27, 5-9, 10-14, 15-19",
        "22 33 44 55 poäng",
        "10 12 14 15",
        "811228-9875",
        "rum 0123, kod 4567",
        "1 000 000 kronor, 12 500 000",
        "0.12345678",
        "doi 10.1038/s41586-020-2649-2",
        "page @ 12",
        "",
        "2019–2021, 12 av 16",
    ],
)
def test_what_only_looks_like_it_is_not(text):
    assert kinds_in(text) == ()
