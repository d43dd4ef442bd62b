"""A study that is about to be imported, beside what the store holds already."""

import duckdb

from dashboard import withdrawn
from dashboard.model import Bundle, Study


def beside(study: Study, bundle: Bundle, connection: duckdb.DuckDBPyConnection | None) -> Bundle:
    """Return the bundle as it may come into this store: without those who withdrew from the series."""
    if connection is None:
        return bundle
    return withdrawn.kept_out(bundle, withdrawn.marks_of(connection, study.series or study.study_id))
