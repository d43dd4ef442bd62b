-- What a study is and says of itself.
--
-- Grain:   one row per study; a later round of the same study is a study of its own in the same series

create table study (
    study_id varchar not null primary key,
    title varchar not null,
    title_sv varchar not null,
    organisation varchar not null,
    country varchar not null,
    kind varchar not null,
    series varchar not null,
    round integer not null,
    method varchar not null,
    method_sv varchar not null,
    ethics_note varchar not null,
    disclosure varchar not null,
    collected varchar not null,
    school varchar not null,
    organisation_sv varchar not null,
    ethics_note_sv varchar not null,
    collected_sv varchar not null
);
