-- Who told a practice, where, and with what effect as they see it.
--
-- Grain:   one row per study, practice, voice and excerpt

create table practice_voice (
    study_id varchar not null,
    practice_id varchar not null,
    participant_id varchar not null,
    excerpt_id varchar not null,
    effect varchar not null
);
