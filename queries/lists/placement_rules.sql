-- By which rules does a study place its gaps?
--
-- Grain:   one row per rule (rank) and condition
-- Params:  $study_id text
-- Columns: rank, placement, quantity, least, most
select
    rank,
    placement,
    quantity,
    least,
    most
from placement_rule
where study_id = $study_id
order by rank, quantity
