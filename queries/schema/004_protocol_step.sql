-- What is written: one statement of a written source.
--
-- Grain:   one row per study and step
-- Note:    valid_from is the first round of the series in which this wording was in force.

create table protocol_step (
    study_id varchar not null,
    step_id varchar not null,
    component_id varchar not null,
    phase varchar not null,
    position integer not null,
    text varchar not null,
    text_sv varchar not null,
    why_it_matters varchar not null,
    why_it_matters_sv varchar not null,
    guidance_document_id integer,
    place varchar not null,
    is_core boolean not null,
    valid_from integer not null
);
