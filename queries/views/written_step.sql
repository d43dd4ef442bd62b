-- What is written, with its tool and its source beside it?
--
-- Grain:   one row per study and step
-- Columns: study_id, step_id, component_id, component, component_sv, component_position, phase, phase_position,
--          position, step, step_sv, why_it_matters, why_it_matters_sv, is_core, valid_from, document, issuer,
--          obligation_level, jurisdiction, place, address, version, year
create table written_step as
select
    protocol_step.study_id,
    protocol_step.step_id,
    protocol_step.component_id,
    digital_component.name as component,
    digital_component.name_sv as component_sv,
    digital_component.position as component_position,
    protocol_step.phase,
    case protocol_step.phase
        when 'before' then 1
        when 'session_start' then 2
        when 'during' then 3
        when 'between' then 4
        when 'ending' then 5
        else 6
    end as phase_position,
    protocol_step.position,
    protocol_step.text as step,
    protocol_step.text_sv as step_sv,
    protocol_step.why_it_matters,
    protocol_step.why_it_matters_sv,
    protocol_step.is_core,
    protocol_step.valid_from,
    coalesce(guidance_document.title, '') as document,
    coalesce(guidance_document.issuer, '') as issuer,
    coalesce(guidance_document.obligation_level, '') as obligation_level,
    coalesce(guidance_document.jurisdiction, '') as jurisdiction,
    protocol_step.place,
    coalesce(guidance_document.address, '') as address,
    coalesce(guidance_document.version, '') as version,
    coalesce(guidance_document.year, '') as year
from protocol_step
inner join digital_component
    on
        protocol_step.study_id = digital_component.study_id
        and protocol_step.component_id = digital_component.component_id
left join guidance_document
    on
        protocol_step.study_id = guidance_document.study_id
        and protocol_step.guidance_document_id = guidance_document.guidance_document_id
