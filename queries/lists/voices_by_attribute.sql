-- How many voices share each value of each attribute?
--
-- Grain:   one row per attribute and value that somebody has
-- Params:  $study_id text
-- Columns: attribute, value, n_voices
select
    participant_attribute.attribute,
    participant_attribute.value,
    count(distinct participant_attribute.participant_id) as n_voices
from participant_attribute
where participant_attribute.study_id = $study_id and participant_attribute.value <> ''
group by participant_attribute.attribute, participant_attribute.value
order by participant_attribute.attribute asc, n_voices desc, participant_attribute.value asc
