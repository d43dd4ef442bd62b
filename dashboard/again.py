"""A study that is about to be imported, beside what the store holds already."""

import duckdb

from dashboard import query, review, withdrawn
from dashboard.model import Bundle, Study
from dashboard.query import records


def beside(study: Study, bundle: Bundle, connection: duckdb.DuckDBPyConnection | None) -> Bundle:
    """Return the bundle as it may come into this store: without those who withdrew from the series,
    and with quotes that hold personal data held back."""
    if connection is None:
        return review.held_back(bundle, {})
    bundle = withdrawn.kept_out(bundle, withdrawn.marks_of(connection, _series_of(study, connection)))
    return review.held_back(bundle, review.decided_before(connection, study.study_id))


def _series_of(study: Study, connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the series that the study says and the one that the store has it in.

    Who withdrew stays out when the file that names the series is forgotten.
    """
    held = records(query.run(connection, "lists/studies", {}))
    return {study.series or study.study_id, *(str(r["series"]) for r in held if r["study_id"] == study.study_id)}
