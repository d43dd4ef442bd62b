"""Tags that spell their hierarchy, as Taguette's do: `video.privacy` and `Barrier: no camera` stand below a folder."""

import re
from collections.abc import Mapping

from dashboard.importers.code_tree import Codebook, Node, tree

# A dot between two words, not in "Dr. Berg", "1.2" or "…"; a colon with a space after it, not in "12:30".
_SEPARATOR = re.compile(r"(?<=[^\s.\d])\.(?=[^\s.])|(?<=\d)\.(?=[^\s.\d])|(?<=\S):\s+(?=\S)")


def parts_of(tag: str) -> tuple[str, ...]:
    """Return the names from the topmost folder to the tag itself. The same tag always gives the same parts."""
    return tuple(" ".join(part.split()) for part in _SEPARATOR.split(tag.strip()))


def read_tags(tags: Mapping[str, tuple[str, str]]) -> Codebook:
    """Return the codebook of tags, given as key → (tag, description).

    A folder that is a tag itself can be coded with; one that only the names of others spell cannot.
    """
    parts = {key: parts_of(tag) for key, (tag, _description) in tags.items()}
    own: dict[tuple[str, ...], str] = {}
    for key, names in parts.items():
        own.setdefault(names, key)
    nodes: dict[str, Node] = {}
    for key, names in parts.items():
        above = ""
        for depth in range(1, len(names)):
            folder = names[:depth]
            folder_key = own.get(folder, f"folder {folder!r}")
            if folder not in own:
                nodes.setdefault(folder_key, Node(folder_key, folder[-1], above, is_codable=False))
            above = folder_key
        nodes[key] = Node(key, names[-1], above, tags[key][1])
    return tree(list(nodes.values()))
