-- The few coarse things that are known of a voice.
--
-- Grain:   one row per study, voice and attribute

create table participant_attribute (
    study_id varchar not null,
    participant_id varchar not null,
    attribute varchar not null,
    value varchar not null
);
