-- What was imported, when, from what; rows are only ever added.
--
-- Grain:   one row per published import, review of held-back quotes, or withdrawal
-- Note:    event is import, review or withdrawal; "" for rows of older programs, where no sha256 means a withdrawal.
--          sha256 is the common fingerprint of all files of an import, "" for a withdrawal. files has a line for each
--          file: its role, its name and its own SHA-256, with a tab between; "" for imports of older programs.

create table import_log (
    generation integer not null,
    study_id varchar not null,
    imported_at timestamp not null,
    source_name varchar not null,
    sha256 varchar not null,
    producer varchar not null,
    documents integer not null,
    codes integer not null,
    excerpts integer not null,
    codings integer not null,
    participants integer not null,
    practices integer not null,
    quotes_verified integer not null,
    quotes_total integer not null,
    warnings varchar not null,
    files varchar not null,
    event varchar not null
);
