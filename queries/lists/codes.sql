-- Which codes does a study's codebook hold, with their meaning and colour?
--
-- Grain:   one row per code of the study, folders that cannot be coded with included, in the order of the paths
-- Params:  $study_id text
-- Columns: code_id, parent_id, code, code_sv, description, colour, is_codable
select
    code_id,
    parent_id,
    name as code,
    name_sv as code_sv,
    description,
    colour,
    is_codable
from code
where study_id = $study_id
order by code_id
