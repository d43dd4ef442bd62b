-- The rules that place a gap, as data.
--
-- Grain:   one row per study, rule (rank) and condition; the first rule whose conditions all hold places the step

create table placement_rule (
    study_id varchar not null,
    rank integer not null,
    placement varchar not null,
    quantity varchar not null,
    least double,
    most double
);
