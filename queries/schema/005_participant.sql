-- Who told it: a person under a pseudonym, or a publication.
--
-- Grain:   one row per study and voice

create table participant (
    study_id varchar not null,
    participant_id varchar not null,
    citation varchar not null,
    address varchar not null
);
