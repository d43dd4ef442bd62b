-- Which digital tools a study is about.
--
-- Grain:   one row per study and digital component

create table digital_component (
    study_id varchar not null,
    component_id varchar not null,
    name varchar not null,
    name_sv varchar not null,
    position integer not null
);
