"""Whose words a document of a coded project holds: the case, the set or the document itself."""

from collections.abc import Mapping as Mapped
from dataclasses import dataclass

from dashboard.errors import ImportProblem, nearest
from dashboard.importers.mapping_file import Mapping
from dashboard.importers.names import counted, listed, match_documents, stem
from dashboard.model import Bundle, Case, Participant


@dataclass(frozen=True)
class Voices:
    """The participant of every document, the participants in the documents' order, and what was doubtful."""

    of_document: Mapped[str, str]
    participants: tuple[Participant, ...]
    warnings: tuple[str, ...]


def find_voices(bundle: Bundle, mapping: Mapping) -> Voices:
    """Return who speaks in each document; every document has exactly one voice.

    What the mapping says of a document counts first, then its case or set, then a case called like it,
    and at last the document itself stands for its voice. The last two come with a warning, because a
    wrong voice would be a wrong count. Attributes of the case come along.
    """
    stated = _stated(bundle, mapping)
    linked = {} if mapping.participants == "document" else _linked(bundle, mapping.participants)
    of_document, warnings = dict(stated), []
    by_name: list[str] = []
    alone: list[str] = []
    called = _called_like_a_case(bundle, mapping)
    for document in bundle.documents:
        owners = linked.get(document.document_id, [])
        if document.document_id in stated:
            continue
        if len(owners) == 1:
            of_document[document.document_id] = owners[0]
        elif not owners and document.document_id in called:
            of_document[document.document_id] = called[document.document_id]
            by_name.append(f"{document.name} → {called[document.document_id]}")
        else:
            same = [other for other in bundle.documents if stem(other.name) == stem(document.name)]
            of_document[document.document_id] = stem(document.name) if len(same) == 1 else document.name
            alone.append(document.name + (f" (in {', '.join(owners)})" if owners else ""))
    if by_name:
        warnings.append(f"{counted(len(by_name), 'document')} given to a case by name: {listed(by_name)}.")
    if alone and mapping.participants != "document":
        warnings.append(
            f"{counted(len(alone), 'document')} without one {mapping.participants}, taken as a voice each: "
            f"{listed(alone)}. Say whose words they are under [participant_of]."
        )
    warnings += _silent_cases(bundle, mapping, of_document)
    return Voices(of_document, _participants(bundle, of_document), tuple(warnings))


def _stated(bundle: Bundle, mapping: Mapping) -> dict[str, str]:
    """Return the participants that the mapping itself names, by document id; an exact name comes first."""
    exact = {document.name: document.document_id for document in bundle.documents}
    stems: dict[str, list[str]] = {}
    for document in bundle.documents:
        stems.setdefault(stem(document.name), []).append(document.document_id)
    found: dict[str, str] = {}
    for name, participant in mapping.participant_of.items():
        ids = [exact[name]] if name in exact else stems.get(name, [])
        if len(ids) != 1:
            raise ImportProblem(
                f"{'No' if not ids else 'More than one'} document is called {name!r}.",
                where=f"{mapping.name}, [participant_of]",
                remedy=nearest(name, exact) if not ids else "Write the name with its extension.",
            )
        found[ids[0]] = participant
    return found


def _linked(bundle: Bundle, kind: str) -> dict[str, list[str]]:
    groups = (
        bundle.document_sets.items() if kind == "set" else ((case.name, case.document_ids) for case in bundle.cases)
    )
    linked: dict[str, list[str]] = {}
    for name, document_ids in groups:
        for document_id in document_ids:
            linked.setdefault(document_id, []).append(name)
    return linked


def _called_like_a_case(bundle: Bundle, mapping: Mapping) -> dict[str, str]:
    if mapping.participants != "case":
        return {}
    names = {document.document_id: document.name for document in bundle.documents}
    matched = match_documents([case.name for case in bundle.cases], names)
    return {document_id: name for name, ids in matched.items() for document_id in ids}


def _silent_cases(bundle: Bundle, mapping: Mapping, of_document: Mapped[str, str]) -> list[str]:
    if mapping.participants != "case":
        return []
    speaking = set(of_document.values())
    silent = [c.name for c in bundle.cases if c.name not in speaking and not c.document_ids]
    if not silent:
        return []
    return [f"{counted(len(silent), 'case')} without a document, so without a voice: {listed(silent)}."]


def _participants(bundle: Bundle, of_document: Mapped[str, str]) -> tuple[Participant, ...]:
    documents: dict[str, list[str]] = {}
    for document in bundle.documents:
        documents.setdefault(of_document[document.document_id], []).append(document.document_id)
    return tuple(Participant(name, attributes=_attributes(name, ids, bundle.cases)) for name, ids in documents.items())


def _attributes(name: str, document_ids: list[str], cases: tuple[Case, ...]) -> dict[str, str]:
    """Return the attributes of the case of this name, else of cases that hold this voice's documents only."""
    own = [case for case in cases if case.name == name]
    theirs = own or [c for c in cases if c.document_ids and set(c.document_ids) <= set(document_ids)]
    attributes: dict[str, str] = {}
    for case in theirs:
        attributes = {**case.attributes, **attributes}
    return attributes
