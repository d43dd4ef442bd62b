"""Titles that look like the names of people are told, and what merely begins with capitals is not. All invented."""

import pytest

from dashboard.importers.personal_names import looks_like_names, notes
from tests.importers.refi import project, read, source


@pytest.mark.parametrize(
    "title",
    [
        "Anna Berg intervju.txt",
        "Anna Berg",
        "anna_berg.txt".title(),
        "Interview with Anna Berg 2026-03-02.docx",
        "Intervju_Åsa_Öberg_slutlig.docx",
        "Berg, Anna",
        "Anna-Karin Berg (transkript).pdf",
        "Anna von Berg",
        "Anna Karin Berg 2",
        "AnnaBerg.txt",
        "Siobhan O'Neill",
        "03 Anna Berg",
    ],
)
def test_the_name_of_a_person_is_told(title):
    assert looks_like_names(["P01.txt", title, title]) == (title,)


@pytest.mark.parametrize(
    "title",
    [
        "P01_psychologist.txt",
        "P01 Psychologist",
        "Interview 3",
        "Interview Three",
        "Focus group North",
        "Focus Group North",
        "Clinic South.docx",
        "Primary Care Nurse",
        "Intervju Psykolog 4.txt",
        "Therapist-B",
        "P7",
        "R12 Nurse North",
        "Anna",
        "Transcript.txt",
        "video calls and phone.pdf",
        "iCBT Programme",
        "GAD PHQ",
        "Field notes May",
        "How We Work With Digital Tools In Everyday Practice",
        "2026-03-02.txt",
        "",
    ],
)
def test_what_is_no_name_is_not(title):
    assert looks_like_names([title]) == ()


def test_the_warning_names_the_document_and_the_way_out():
    [warning] = notes(read(project(source(name="Anna Berg intervju.txt"))))
    assert warning.startswith(
        "1 title of a document or a voice looks like the name of a person: Anna Berg intervju.txt."
    )
    assert "pseudonym, such as P01" in warning
    assert list(notes(read(project(source(name="P01_psychologist.txt"))))) == []
