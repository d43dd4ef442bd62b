-- Who told it: a person under a pseudonym, or a publication.
--
-- Grain:   one row per study and voice
-- Note:    position is the order in which the study names its voices, normally that of the interviews.

create table participant (
    study_id varchar not null,
    participant_id varchar not null,
    citation varchar not null,
    address varchar not null,
    position integer not null
);
