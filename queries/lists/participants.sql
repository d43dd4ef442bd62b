-- Who are the voices of a study, and what is known of them?
--
-- Grain:   one row per voice and attribute, '' in both where nothing is known of a voice
-- Params:  $study_id text
-- Columns: participant_id, attribute, value
select
    participant.participant_id,
    coalesce(participant_attribute.attribute, '') as attribute,
    coalesce(participant_attribute.value, '') as value
from participant
left join participant_attribute
    on
        participant.study_id = participant_attribute.study_id
        and participant.participant_id = participant_attribute.participant_id
where participant.study_id = $study_id
order by participant.participant_id, participant_attribute.attribute, participant_attribute.value
