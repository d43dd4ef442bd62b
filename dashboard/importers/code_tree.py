"""A codebook as a tree of codes, each known by its path because names repeat."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.errors import ImportProblem
from dashboard.model import Code

DEPTH_LIMIT = 100
SLASH = "∕"  # U+2215: looks like the slash that a code's own name held, and does not part a path


@dataclass(frozen=True)
class Codebook:
    """The codes in the project's order, and the path behind each key (a GUID, an id)."""

    codes: tuple[Code, ...]
    path_of: dict[str, str]


@dataclass(frozen=True)
class Node:
    """A code or a folder as a program keeps it: by a key, with its parent's key, "" at the top."""

    key: str
    name: str
    parent: str = ""
    description: str = ""
    is_codable: bool = True
    colour: str = ""


def tree(nodes: Sequence[Node]) -> Codebook:
    """Return the codes, each below its parent; one whose parent is missing, or is itself, stands at the top.

    Raises where codes stand deeper than anybody's codebook, as only a made file has them.
    """
    known = {node.key for node in nodes}
    below: dict[str, list[Node]] = {}
    for node in nodes:
        below.setdefault(node.parent if node.parent in known else "", []).append(node)
    taken: set[str] = set()
    path_of: dict[str, str] = {}
    codes = list(_below("", below, "", "", taken, path_of))
    for node in nodes:  # a ring of parents hangs on nothing
        if node.key not in path_of:
            below[""] = [node]
            codes += _below("", below, "", "", taken, path_of)
    return Codebook(tuple(codes), path_of)


def unique_path(path: str, taken: set[str]) -> str:
    """Return the path, or with " (2)", " (3)" … where it is taken, and take it."""
    # A code's name has no extension: "v1.2" twice is "v1.2 (2)".
    number, found = 1, path
    while found in taken:
        number += 1
        found = f"{path} ({number})"
    taken.add(found)
    return found


def _below(
    key: str, below: Mapping[str, Sequence[Node]], parent: str, theme: str, taken: set[str], path_of: dict[str, str]
) -> Iterator[Code]:
    if parent.count("/") >= DEPTH_LIMIT:
        raise ImportProblem(f"The codes are nested deeper than {DEPTH_LIMIT} levels.", remedy="Export them again.")
    for node in below.get(key, ()):
        if node.key in path_of:
            continue
        name = " ".join(node.name.split()) or "(no name)"
        bare = name.replace("/", SLASH)
        path = unique_path(f"{parent}/{bare}" if parent else bare, taken)
        path_of[node.key] = path
        yield Code(
            path=path,
            name=name,
            parent=parent,
            description=node.description,
            is_codable=node.is_codable,
            colour=node.colour,
            theme=theme,
        )
        yield from _below(node.key, below, path, theme or name, taken, path_of)
