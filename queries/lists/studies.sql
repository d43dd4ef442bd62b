-- Which studies does the store hold?
--
-- Grain:   one row per study
-- Params:  none
-- Columns: study_id, title, title_sv, organisation, country, kind, series, round, method, method_sv,
--          ethics_note, disclosure, collected, school, organisation_sv, ethics_note_sv, collected_sv, n_voices,
--          n_steps
select
    study.study_id,
    study.title,
    study.title_sv,
    study.organisation,
    study.country,
    study.kind,
    study.series,
    study.round,
    study.method,
    study.method_sv,
    study.ethics_note,
    study.disclosure,
    study.collected,
    study.school,
    study.organisation_sv,
    study.ethics_note_sv,
    study.collected_sv,
    (
        select count(*) from participant
        where participant.study_id = study.study_id
    ) as n_voices,
    (
        select count(*) from protocol_step
        where protocol_step.study_id = study.study_id
    ) as n_steps
from study
order by
    case study.kind when 'interviews' then 1 when 'synthetic' then 2 else 3 end asc,
    study.series asc,
    study.round desc,
    study.study_id asc
