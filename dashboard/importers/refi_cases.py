"""Cases, variables and sets of a REFI-QDA project: whose words a document holds, and what is known."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from dashboard.importers.names import counted, listed, match_documents, stem, unique
from dashboard.importers.refi_xml import children, guid, local, target
from dashboard.model import Case


@dataclass(frozen=True)
class Known:
    """What cases refer to: document ids by source GUID and by selection GUID, and the documents' names."""

    document_of: Mapping[str, str]
    document_of_selection: Mapping[str, str]
    name_of: Mapping[str, str]


@dataclass
class Links:
    """The cases found and what was odd about them."""

    cases: list[Case] = field(default_factory=list)
    dangling: int = 0
    lost: dict[str, None] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def read_cases(project: Element, sources: Iterable[tuple[str, Element]], known: Known) -> Links:
    """Return the cases with their attributes and documents.

    Where a program lost the link (QualCoder's SourceRef leads nowhere), the case takes the documents that
    are called like it, with a warning. Variables on a source (MAXQDA) make or complete the case of that
    document.
    """
    links = Links()
    variables = _variables(project)
    taken: set[str] = set()
    for cases in children(project, "Cases"):
        for number, element in enumerate(children(cases, "Case"), start=1):
            name = unique((element.get("name") or "").strip() or f"Case {number}", taken)
            documents = _documents(element, known, links)
            links.cases.append(Case(name, _values(element, variables, links), documents))
    if links.lost:
        links.warnings.append(
            f"{counted(len(links.lost), 'case refers', 'cases refer')} to sources that the project "
            f"does not hold as text: {listed(list(links.lost))}."
        )
    _match_by_name(links, known)
    for document_id, element in sources:
        values = _values(element, variables, links)
        if values:
            _add_values(links, document_id, known.name_of[document_id], values, taken)
    if links.dangling:
        links.warnings.append(
            f"{counted(links.dangling, 'reference')} of cases or variables led nowhere and were left out."
        )
    return links


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


def _values(element: Element, variables: Mapping[str, str], links: Links) -> dict[str, str]:
    """Return variable names with their values; a value left empty stays, as ""."""
    values: dict[str, str] = {}
    for value in children(element, "VariableValue"):
        name = next((variables.get(target(ref)) for ref in children(value, "VariableRef")), None)
        if name is None:
            links.dangling += 1
            continue
        typed = [(part.text or "").strip() for part in value if local(part).endswith("Value")]
        values[name] = next(iter(typed), "")
    return values


def _documents(case: Element, known: Known, links: Links) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for kind, by_guid in (("SourceRef", known.document_of), ("SelectionRef", known.document_of_selection)):
        for reference in children(case, kind):
            document_id = by_guid.get(target(reference))
            if document_id:
                found[document_id] = None
            else:
                links.lost[case.get("name") or "without a name"] = None
    return tuple(found)


def _match_by_name(links: Links, known: Known) -> None:
    linked = Counter(document_id for case in links.cases for document_id in case.document_ids)
    free = {document_id: name for document_id, name in known.name_of.items() if document_id not in linked}
    matched = match_documents([case.name for case in links.cases if not case.document_ids], free)
    if not matched:
        return
    links.cases = [
        case if case.document_ids else replace(case, document_ids=matched.get(case.name, ())) for case in links.cases
    ]
    pairs = [f"{name} → {known.name_of[i]}" for name, ids in matched.items() for i in ids]
    links.warnings.append(
        f"{counted(len(matched), 'case names', 'cases name')} no document of the project; "
        f"matched by name: {listed(pairs)}."
    )


def _add_values(links: Links, document_id: str, name: str, values: Mapping[str, str], taken: set[str]) -> None:
    holding = [i for i, case in enumerate(links.cases) if document_id in case.document_ids]
    if len(holding) == 1:
        case = links.cases[holding[0]]
        links.cases[holding[0]] = replace(case, attributes={**values, **case.attributes})
    elif not holding:
        links.cases.append(Case(unique(stem(name), taken), values, (document_id,)))
