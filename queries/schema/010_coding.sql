-- Which code a coder gave to which excerpt.
--
-- Grain:   one row per study, excerpt, code and coder

create table coding (
    study_id varchar not null,
    excerpt_id varchar not null,
    code_id varchar not null,
    coder varchar not null
);
