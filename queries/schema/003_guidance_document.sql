-- Where the written steps come from.
--
-- Grain:   one row per study and written source

create table guidance_document (
    study_id varchar not null,
    guidance_document_id integer not null,
    title varchar not null,
    issuer varchar not null,
    obligation_level varchar not null,
    jurisdiction varchar not null,
    version varchar not null,
    year varchar not null,
    address varchar not null
);
