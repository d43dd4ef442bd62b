-- The transcripts.
--
-- Grain:   one row per study and document
-- Note:    participant_id is the voice whose words it holds, empty where nobody said so or where several speak.
-- Note:    text is empty where a study brings its quotes without the transcript.

create table document (
    study_id varchar not null,
    document_id varchar not null,
    name varchar not null,
    text varchar not null,
    sha256 varchar not null,
    participant_id varchar not null
);
