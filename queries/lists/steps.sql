-- Which written steps does a study hold, with source and place?
--
-- Grain:   one row per step of the study, in the order of the work
-- Params:  $study_id text
-- Columns: step_id, component_id, component, component_sv, component_position, phase, phase_position, position,
--          step, step_sv, why_it_matters, why_it_matters_sv, is_core, valid_from, document, issuer,
--          obligation_level, jurisdiction, place, address, version, year
select
    step_id,
    component_id,
    component,
    component_sv,
    component_position,
    phase,
    phase_position,
    position,
    step,
    step_sv,
    why_it_matters,
    why_it_matters_sv,
    is_core,
    valid_from,
    document,
    issuer,
    obligation_level,
    jurisdiction,
    place,
    address,
    version,
    year
from written_step
where study_id = $study_id
order by component_position, phase_position, position, step_id
