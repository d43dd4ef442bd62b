"""Cases of a coded project, whatever program wrote it: whose words a document holds, and what is known of them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dashboard.importers.names import counted, listed, match_documents, stem, unique
from dashboard.model import Case


@dataclass
class Cases:
    """The cases found so far and what was odd about them."""

    found: list[Case] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)

    def add(self, name: str, attributes: Mapping[str, str], document_ids: tuple[str, ...]) -> None:
        """Take over a case; one without a name is called by its number."""
        name = unique(name.strip() or f"Case {len(self.found) + 1}", self._taken)
        self.found.append(Case(name, attributes, document_ids))

    def match_by_name(self, name_of: Mapping[str, str]) -> None:
        """Give each case without a document those that are called like it, with a warning: programs lose the link.

        `name_of` has the name of every document of the project, by its id.
        """
        linked = Counter(document_id for case in self.found for document_id in case.document_ids)
        free = {document_id: name for document_id, name in name_of.items() if document_id not in linked}
        matched = match_documents([case.name for case in self.found if not case.document_ids], free)
        if not matched:
            return
        self.found = [
            case if case.document_ids else replace(case, document_ids=matched.get(case.name, ())) for case in self.found
        ]
        pairs = [f"{name} → {name_of[i]}" for name, ids in matched.items() for i in ids]
        self.warnings.append(
            f"{counted(len(matched), 'case')} given the document of the same name, because the project links none: "
            f"{listed(pairs)}."
        )

    def add_values(self, document_id: str, name: str, values: Mapping[str, str]) -> None:
        """Give what is known of a document to its case; a document without one gets a case called like it."""
        holding = [i for i, case in enumerate(self.found) if document_id in case.document_ids]
        if len(holding) == 1:
            case = self.found[holding[0]]
            self.found[holding[0]] = replace(case, attributes={**values, **case.attributes})
        elif not holding:
            self.found.append(Case(unique(stem(name), self._taken), values, (document_id,)))
