-- Which digital components does a study hold?
--
-- Grain:   one row per digital component
-- Params:  $study_id text
-- Columns: component_id, component, component_sv
select
    component_id,
    name as component,
    name_sv as component_sv
from digital_component
where study_id = $study_id
order by position, component_id
