"""The codebook of a REFI-QDA project: a tree of codes, known by path because names repeat."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from dashboard.errors import ImportProblem
from dashboard.importers.code_tree import SLASH, Codebook, unique_path
from dashboard.importers.names import counted, listed
from dashboard.importers.refi_xml import children, descriptions, guid
from dashboard.model import Code


def read_codebook(project: Element, name: str) -> Codebook:
    """Return every code, folders that cannot be coded with included. Raises where two codes share a GUID."""
    codes: list[Code] = []
    path_of: dict[str, str] = {}
    shared: list[str] = []
    for code, code_guid in _tree(project):
        codes.append(code)
        if code_guid in path_of:
            shared.append(f"{code_guid} ({path_of[code_guid]!r} and {code.path!r})")
        elif code_guid:
            path_of[code_guid] = code.path
    if shared:
        raise ImportProblem(
            f"{counted(len(shared), 'GUID')} stand for two codes each: {listed(shared)}.",
            where=name,
            remedy="Delete or re-create one of the two codes, then export again.",
        )
    return Codebook(tuple(codes), path_of)


def _tree(project: Element) -> Iterator[tuple[Code, str]]:
    taken: set[str] = set()

    def below(element: Element, parent: str, theme: str) -> Iterator[tuple[Code, str]]:
        for child in children(element, "Code"):
            name = " ".join((child.get("name") or "").split()) or "(no name)"
            bare = name.replace("/", SLASH)
            path = unique_path(f"{parent}/{bare}" if parent else bare, taken)
            code = Code(
                path=path,
                name=name,
                parent=parent,
                description=descriptions(child),
                is_codable=(child.get("isCodable") or "true").strip().casefold() not in ("false", "0"),
                colour=child.get("color") or "",
                theme=theme,
            )
            yield code, guid(child.get("guid"))
            yield from below(child, path, theme or name)

    for codebook in children(project, "CodeBook"):
        for codes in children(codebook, "Codes"):
            yield from below(codes, "", "")
