"""Which column holds what: told by a header in any of the programs' languages, or said in a mapping."""

import pytest

from dashboard.errors import ImportProblem
from dashboard.importers import column_mapping, grid, segment_columns
from dashboard.importers.mapping import read_mapping

MAXQDA = {
    "English": "Color,Comment,Document group,Document name,Code,Beginning,End,Weight score,Segment,Modified by,"
    "Modified on,Created by,Created,Area,Coverage %",
    "German": "Farbe,Kommentar,Dokumentgruppe,Dokumentname,Code,Anfang,Ende,Gewicht,Segment,Bearbeitet von,"
    "Bearbeitet am,Erstellt von,Erstellt am,Fläche,Abdeckungsgrad %",
    "Swedish": "Färg,Kommentar,Dokumentgrupp,Dokumentnamn,Kod,Början,Slut,Vikt,Segment,Skapad av,Skapad",
    "Polish": "Color,Komentarz,Grupa dokumentów,Nazwa dokumentu,Kod,Początek,Koniec,Waga,Fragment,Objętość,Obszar %,"
    "Autor,Data utworzenia",
    "Spanish": "Color,Comentario,Grupo de documentos,Nombre del documento,Código,Inicio,Final,Peso,Segmento,Autor",
    "French": "Couleur,Commentaire,Groupe de documents,Nom du document,Code,Début,Fin,Poids,Segment,Auteur",
    "Portuguese": "Cor,Comentário,Grupo de documentos,Nome do documento,Código,Início,Fim,Peso,Segmento,Autor",
    "Italian": "Colore,Commento,Gruppo di documenti,Nome del documento,Codice,Inizio,Fine,Peso,Segmento,Autore",
    "Dutch": "Kleur,Opmerking,Documentgroep,Documentnaam,Code,Begin,Einde,Gewicht,Segment,Auteur",
}  # fmt: skip


def table(header, *rows):
    return grid.read("\n".join([header, *rows]).encode(), "t.csv")[0]


def told(header, *rows):
    """Return the program and, by role, the header that it was found under."""
    found = table(header, *rows)
    layout = segment_columns.recognise(found)
    cells = found.rows[layout.header][1]
    return layout.program, {role: cells[number] for role, number in layout.single.items()}, [
        cells[number] for number in layout.code
    ]  # fmt: skip


@pytest.mark.parametrize("language", MAXQDA)
def test_maxqda_is_told_in_every_language_of_its_menus(language):
    program, single, code = told(MAXQDA[language])
    names = MAXQDA[language].split(",")
    assert program == "MAXQDA"
    assert (single["memo"], single["group"], single["document"], code) == (names[1], names[2], names[3], [names[4]])
    assert single["quote"] == names[8]
    assert single.get("coder", "").split(" ")[0] in {"Created", "Erstellt", "Skapad", "Autor", "Auteur", "Autore"}
    assert segment_columns.recognise(table(MAXQDA[language])).unread == ()


def test_atlas_ti_is_told_by_its_quotations():
    header = "Number,Reference,Name,Text Content,Document,Codes,Number of Codes,Comment,Created by"
    program, single, code = told(header)
    assert (program, code) == ("ATLAS.ti", ["Codes"])
    assert (single["quote"], single["document"], single["count"]) == ("Text Content", "Document", "Number of Codes")
    header = "Nummer,Referenz,Name,Textinhalt,Dokument,Kodes,Anzahl der Kodes,Kommentar"
    assert told(header) == (
        "ATLAS.ti",
        {"document": "Dokument", "quote": "Textinhalt", "memo": "Kommentar", "count": "Anzahl der Kodes"},
        ["Kodes"],
    )


def test_dedooses_columns_of_one_code_each_come_before_its_combined_ones():
    header = (
        "Media Title,Excerpt Range,Excerpt Creator,Excerpt Date,Excerpt Copy,Codes Applied Combined,"
        "Code: Video\\\\Check Applied,Code: Video\\\\Check Range,Code: Video\\\\Check Weight,Code: Trust Applied"
    )
    layout = segment_columns.recognise(table(header, 'P1,0-9,me,d,words,"Check, Trust",True,,,False'))
    assert (layout.program, layout.code) == ("Dedoose", ())
    assert [code for _n, code in layout.applied] == ["Video\\\\Check", "Trust"]
    assert layout.unread == ()
    alone = segment_columns.recognise(table("Media Title,Excerpt Copy,Codes Applied Combined"))
    assert (alone.combined, alone.separator, alone.code) == (True, ",", (2,))


def test_qualcoders_categories_are_turned_round_and_its_variables_are_attributes():
    header = "File/case,Coder,Coded,Id,Codename,Coded_Memo,Category,Category,FileVar_site,CaseVar_age"
    layout = segment_columns.recognise(table(header))
    assert (layout.program, layout.theme, layout.attributes) == ("QualCoder", (7, 6), ((8, "site"), (9, "age")))


def test_a_header_may_stand_below_a_title_and_hold_numbered_codes():
    found = table("Our codings", "", "2026-01-02", "Interview;Utdrag;Kod 1;Kod_2;Tema;Anteckning".replace(";", ","))
    layout = segment_columns.recognise(found)
    assert (layout.header, layout.code, layout.theme) == (2, (2, 3), (4,))
    assert layout.single == {"document": 0, "quote": 1, "memo": 5}


def test_a_table_without_a_quote_or_a_code_is_none():
    assert segment_columns.recognise(table("document,code,weight")) is None
    assert segment_columns.recognise(table("document,quote,age")) is None
    assert segment_columns.recognise(table("tag,description,number of highlights")) is None


def test_a_table_that_is_not_understood_says_what_was_found_what_is_missing_and_what_to_write():
    said = str(segment_columns.not_understood(table("Intervju nr,Vad de sade,Kod,Ålder")))
    assert said == (
        "t.csv: This is none of the template's tables and no table of coded segments that tells itself: a column for "
        "the document and the quote is missing. Found: Intervju nr, Vad de sade, Kod, Ålder. Say in a mapping which "
        'column is which, and give it with --mapping:\n[columns]\ndocument = "…"\nquote = "…"\ncode = "Kod"'
    )


def test_what_is_proposed_can_be_written_into_a_mapping_and_read_again():
    for header in [
        *MAXQDA.values(),
        'who said,"a ""quoted"" word",code_1,code_2,theme,coder',
        "id,document,tag,content",
    ]:
        proposed = segment_columns.proposed(table(header))
        if not proposed.quote:
            continue
        written = column_mapping.as_toml(proposed)
        assert read_mapping(written.encode(), "m.toml").columns == proposed


def test_a_mapping_says_which_row_is_the_header():
    found = table("Query of today", "who,what was said,what it means", "P1,hello,greeting")
    said = column_mapping.Columns(participant="WHO ", quote="what_was said", code=("what it means",))
    layout = segment_columns.placed(found, said)
    assert (layout.header, layout.single, layout.code) == (1, {"participant": 0, "quote": 1}, (2,))


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ('quote = "q"\ncodes = "c"', "'codes' is not known here. Did you mean 'code'?"),
        ('quote = "q"', "A coded segment needs the columns of its quote and of its code."),
        ('quote = ["q", "r"]\ncode = "c"', "quote is one column."),
        ("quote = 3", "quote needs a column's header."),
        ('quote = "q"\ncode = "c"\nencoding = "latin1"', "'latin1' is not a known encoding."),
        ('quote = "q"\ncode = "c"\nsheet_is = "page"', "'page' is not a known sheet_is."),
        ('quote = "q"\ncode = "c"\ndelimiter = ";;"', "A delimiter is one character."),
    ],
)
def test_a_block_that_means_nothing_is_refused_with_the_way_out(block, message):
    with pytest.raises(ImportProblem) as caught:
        read_mapping(f"[columns]\n{block}\n".encode(), "m.toml")
    assert message in str(caught.value)
    assert caught.value.where == "m.toml, [columns]"


def test_a_column_that_is_not_there_is_named_with_the_nearest_one():
    with pytest.raises(ImportProblem) as caught:
        segment_columns.placed(table("doc,Segment,Code"), column_mapping.Columns(quote="Segmnt", code=("Code",)))
    assert str(caught.value) == (
        "t.csv: The column 'Segmnt', named under [columns], is missing. Found: doc, Segment, Code. "
        "Did you mean 'Segment'?"
    )
