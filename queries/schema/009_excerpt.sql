-- What was said: a stretch of a transcript.
--
-- Grain:   one row per study and excerpt; codings on the same span share one excerpt
-- Note:    participant_id is empty where nobody said whose words they are.
-- Note:    start_at and end_at count code points of the transcript, end exclusive; null where there is no transcript.

create table excerpt (
    study_id varchar not null,
    excerpt_id varchar not null,
    document_id varchar not null,
    participant_id varchar not null,
    start_at integer,
    end_at integer,
    text varchar not null,
    text_en varchar not null,
    verification varchar not null,
    release_state varchar not null,
    memo varchar not null
);
