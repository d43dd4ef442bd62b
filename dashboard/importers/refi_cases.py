"""Cases, variables and sets of a REFI-QDA project: whose words a document holds, and what is known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from dashboard.importers.cases import Cases
from dashboard.importers.names import counted, listed
from dashboard.importers.refi_xml import children, guid, local, target


@dataclass(frozen=True)
class Known:
    """What cases refer to: document ids by source GUID and by selection GUID, and the documents' names."""

    document_of: Mapping[str, str]
    document_of_selection: Mapping[str, str]
    name_of: Mapping[str, str]


@dataclass
class Lost:
    """References that lead nowhere: how many of variables, and which cases name such a source."""

    dangling: int = 0
    cases: dict[str, None] = field(default_factory=dict)


def read_cases(
    project: Element,
    sources: Iterable[tuple[str, Element]],
    known: Known,
    document_sets: Mapping[str, Sequence[str]],
) -> Cases:
    """Return the cases with their attributes and documents.

    Where a program lost the link (QualCoder's SourceRef leads nowhere), the case takes the documents that
    are called like it, with a warning. Variables on a source (MAXQDA) and sets that spell an attribute, as
    "profession: nurse" (ATLAS.ti, which has no cases), make or complete the case of that document.
    """
    found, lost = Cases(), Lost()
    variables = _variables(project)
    for cases in children(project, "Cases"):
        for element in children(cases, "Case"):
            documents = _documents(element, known, lost)
            found.add(element.get("name") or "", _values(element, variables, lost), documents)
    if lost.cases:
        found.warnings.append(
            f"{counted(len(lost.cases), 'case refers', 'cases refer')} to sources that the project "
            f"does not hold as text: {listed(list(lost.cases))}."
        )
    found.match_by_name(known.name_of)
    for document_id, element in sources:
        values = {**_spelt(document_sets, document_id), **_values(element, variables, lost)}
        if values:
            found.add_values(document_id, known.name_of[document_id], values)
    if lost.dangling:
        found.warnings.append(
            f"{counted(lost.dangling, 'reference')} of cases or variables led nowhere and were left out."
        )
    return found


def read_sets(
    project: Element, path_of: Mapping[str, str], document_of: Mapping[str, str]
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]], int]:
    """Return the sets of codes (paths), the sets of documents (ids), and how many members lead nowhere.

    Sets of one name are one set. A set may stand under the project or under its codebook.
    """
    code_sets: dict[str, tuple[str, ...]] = {}
    document_sets: dict[str, tuple[str, ...]] = {}
    dangling = 0
    for holder in (project, *children(project, "CodeBook")):
        for element in (found for sets in children(holder, "Sets") for found in children(sets, "Set")):
            name = (element.get("name") or "").strip() or "(no name)"
            for member in element:
                kinds = {"MemberCode": (code_sets, path_of), "MemberSource": (document_sets, document_of)}
                if local(member) not in kinds:
                    continue
                into, by_guid = kinds[local(member)]
                found = by_guid.get(target(member))
                dangling += found is None
                if found and found not in into.get(name, ()):
                    into[name] = (*into.get(name, ()), found)
    return code_sets, document_sets, dangling


def _variables(project: Element) -> dict[str, str]:
    return {
        guid(variable.get("guid")): (variable.get("name") or "").strip() or "(no name)"
        for variables in children(project, "Variables")
        for variable in children(variables, "Variable")
    }


def _spelt(document_sets: Mapping[str, Sequence[str]], document_id: str) -> dict[str, str]:
    """Return what the names of a document's sets say of it; two values of one attribute stand beside each other."""
    values: dict[str, str] = {}
    for name, members in document_sets.items():
        attribute, colon, value = name.partition(":")
        if colon and attribute.strip() and value.strip() and document_id in members:
            key = attribute.strip()
            values[key] = f"{values[key]}, {value.strip()}" if key in values else value.strip()
    return values


def _values(element: Element, variables: Mapping[str, str], lost: Lost) -> dict[str, str]:
    """Return variable names with their values; a value left empty stays, as ""."""
    values: dict[str, str] = {}
    for value in children(element, "VariableValue"):
        name = next((variables.get(target(ref)) for ref in children(value, "VariableRef")), None)
        if name is None:
            lost.dangling += 1
            continue
        typed = [(part.text or "").strip() for part in value if local(part).endswith("Value")]
        values[name] = next(iter(typed), "")
    return values


def _documents(case: Element, known: Known, lost: Lost) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for kind, by_guid in (("SourceRef", known.document_of), ("SelectionRef", known.document_of_selection)):
        for reference in children(case, kind):
            document_id = by_guid.get(target(reference))
            if document_id:
                found[document_id] = None
            else:
                lost.cases[case.get("name") or "without a name"] = None
    return tuple(found)
