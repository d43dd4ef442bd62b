-- Which publications does an evidence study read?
--
-- Grain:   one row per voice of the study that has a citation or an address
-- Params:  $study_id text
-- Columns: participant_id, citation, address
select
    participant_id,
    citation,
    address
from participant
where study_id = $study_id and (citation <> '' or address <> '')
order by position, participant_id
