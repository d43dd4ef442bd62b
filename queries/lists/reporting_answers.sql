-- Which items of the reporting checklists does the study team answer itself?
--
-- Grain:   one row per checklist and item that the team answered
-- Params:  $study_id text
-- Columns: checklist, item, answer, answer_sv
select
    checklist,
    item,
    answer,
    answer_sv
from reporting_answer
where study_id = $study_id
order by checklist, item
