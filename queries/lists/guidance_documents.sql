-- From which written sources do a study's steps come?
--
-- Grain:   one row per written source of the study; the steps that name none share a last row, with number 0
-- Params:  $study_id text
-- Columns: guidance_document_id, document, issuer, obligation_level, jurisdiction, version, year, address, n_steps,
--          n_core
select
    coalesce(protocol_step.guidance_document_id, 0) as guidance_document_id,
    coalesce(guidance_document.title, '') as document,
    coalesce(guidance_document.issuer, '') as issuer,
    coalesce(guidance_document.obligation_level, '') as obligation_level,
    coalesce(guidance_document.jurisdiction, '') as jurisdiction,
    coalesce(guidance_document.version, '') as version,
    coalesce(guidance_document.year, '') as year,
    coalesce(guidance_document.address, '') as address,
    count(*) as n_steps,
    count(case when protocol_step.is_core then 1 end) as n_core
from protocol_step
left join guidance_document
    on
        protocol_step.study_id = guidance_document.study_id
        and protocol_step.guidance_document_id = guidance_document.guidance_document_id
where protocol_step.study_id = $study_id
group by
    protocol_step.guidance_document_id,
    guidance_document.title,
    guidance_document.issuer,
    guidance_document.obligation_level,
    guidance_document.jurisdiction,
    guidance_document.version,
    guidance_document.year,
    guidance_document.address
order by
    case when protocol_step.guidance_document_id is null then 1 else 0 end,
    protocol_step.guidance_document_id
