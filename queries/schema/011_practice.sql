-- A distinct way of doing, named once.
--
-- Grain:   one row per study and practice
-- Note:    step_id is empty for what nobody wrote; near_step_id then says where it happens.

create table practice (
    study_id varchar not null,
    practice_id varchar not null,
    component_id varchar not null,
    step_id varchar not null,
    near_step_id varchar not null,
    phase varchar not null,
    stance varchar not null,
    name varchar not null,
    name_sv varchar not null,
    frame_nature varchar not null,
    fidelity varchar not null,
    reason varchar not null,
    reason_sv varchar not null,
    reason_level varchar not null,
    alliance_aspect varchar not null,
    resilience_potential varchar not null,
    rests_on varchar not null
);
