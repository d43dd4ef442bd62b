-- What was imported into a study, and how far are its quotes verified?
--
-- Grain:   one row per import of the study, review of its quotes or withdrawal from it, newest first
-- Params:  $study_id text
-- Columns: generation, imported_at, source_name, sha256, producer, documents, codes, excerpts, codings,
--          participants, practices, quotes_verified, quotes_total, warnings, files, event
select
    generation,
    imported_at,
    source_name,
    sha256,
    producer,
    documents,
    codes,
    excerpts,
    codings,
    participants,
    practices,
    quotes_verified,
    quotes_total,
    warnings,
    files,
    event
from import_log
where study_id = $study_id
order by generation desc
