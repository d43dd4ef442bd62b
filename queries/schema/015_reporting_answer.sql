-- What the study team itself answers to the items of a reporting checklist.
--
-- Grain:   one row per study, checklist (coreq, srqr) and item that the team answered

create table reporting_answer (
    study_id varchar not null,
    checklist varchar not null,
    item varchar not null,
    answer varchar not null,
    answer_sv varchar not null
);
