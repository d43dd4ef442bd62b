-- Which rows of a freshly built store point at nothing?
--
-- Grain:   one row per kind of broken reference, with how many there are; none in a sound store
-- Params:  none
-- Columns: reference, n_broken
with broken as (
    select 'protocol_step.component_id' as reference
    from protocol_step
    anti join
        digital_component
        on
            protocol_step.study_id = digital_component.study_id
            and protocol_step.component_id = digital_component.component_id
    union all
    select 'practice.component_id' as reference
    from practice
    anti join
        digital_component
        on practice.study_id = digital_component.study_id and practice.component_id = digital_component.component_id
    union all
    select 'practice.step_id' as reference
    from (select
        study_id,
        step_id
    from practice
    where step_id <> '') as practice_on_step
    anti join
        protocol_step
        on practice_on_step.study_id = protocol_step.study_id and practice_on_step.step_id = protocol_step.step_id
    union all
    select 'practice_voice.practice_id' as reference
    from practice_voice
    anti join
        practice
        on practice_voice.study_id = practice.study_id and practice_voice.practice_id = practice.practice_id
    union all
    select 'practice_voice.participant_id' as reference
    from practice_voice
    anti join
        participant
        on practice_voice.study_id = participant.study_id and practice_voice.participant_id = participant.participant_id
    union all
    select 'practice_voice.excerpt_id' as reference
    from (select
        study_id,
        excerpt_id
    from practice_voice
    where excerpt_id <> '') as quoted
    anti join excerpt on quoted.study_id = excerpt.study_id and quoted.excerpt_id = excerpt.excerpt_id
    union all
    select 'excerpt.document_id' as reference
    from (select
        study_id,
        document_id
    from excerpt
    where document_id <> '') as placed
    anti join document on placed.study_id = document.study_id and placed.document_id = document.document_id
    union all
    select 'coding.excerpt_id' as reference
    from coding
    anti join excerpt on coding.study_id = excerpt.study_id and coding.excerpt_id = excerpt.excerpt_id
    union all
    select 'coding.code_id' as reference
    from coding
    anti join code on coding.study_id = code.study_id and coding.code_id = code.code_id
)

select
    reference,
    count(*) as n_broken
from broken
group by reference
order by reference
