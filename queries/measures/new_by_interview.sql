-- How many practices did each voice tell, and how many of them had nobody told before?
--
-- Grain:   one row per voice of the study, in the order in which the study names its voices
-- Params:  $study_id text, $component_ids text[], $phases text[], $obligation_levels text[],
--          $jurisdictions text[], $at_least integer
-- Columns: position, participant_id, citation, n_practices, n_new, n_so_far
-- Note:    counts distinct practices that are adapted, worked around, left out or unwritten, within the reader's
--          filters; as written and unclear bring nothing new. Unwritten practice has no source to filter by.
with chosen as (
    select
        practice.study_id,
        practice.practice_id
    from practice
    inner join practice_support
        on
            practice.study_id = practice_support.study_id
            and practice.practice_id = practice_support.practice_id
    left join written_step
        on
            practice.study_id = written_step.study_id
            and practice.step_id = written_step.step_id
    where
        practice.study_id = $study_id
        and practice_support.n_voices >= $at_least
        and practice.stance in ('adapted', 'worked_around', 'left_out', 'added')
        and (array_contains($component_ids, '*') or array_contains($component_ids, practice.component_id))
        and (array_contains($phases, '*') or array_contains($phases, coalesce(written_step.phase, practice.phase)))
        and (
            practice.stance = 'added'
            or array_contains($obligation_levels, '*')
            or array_contains($obligation_levels, written_step.obligation_level)
        )
        and (
            practice.stance = 'added'
            or array_contains($jurisdictions, '*')
            or array_contains($jurisdictions, written_step.jurisdiction)
        )
),

told as (
    select distinct
        chosen.practice_id,
        participant.participant_id,
        participant.position
    from chosen
    inner join practice_voice
        on
            chosen.study_id = practice_voice.study_id
            and chosen.practice_id = practice_voice.practice_id
    inner join participant
        on
            practice_voice.study_id = participant.study_id
            and practice_voice.participant_id = participant.participant_id
),

first_told as (
    select
        practice_id,
        min(position) as position
    from told
    group by practice_id
),

brought as (
    select
        participant.position,
        participant.participant_id,
        participant.citation,
        count(told.practice_id) as n_practices,
        count(first_told.practice_id) as n_new
    from participant
    left join told on participant.participant_id = told.participant_id
    left join first_told
        on
            told.practice_id = first_told.practice_id
            and told.position = first_told.position
    where participant.study_id = $study_id
    group by participant.position, participant.participant_id, participant.citation
)

select
    position,
    participant_id,
    citation,
    n_practices,
    n_new,
    cast(sum(n_new) over (order by position, participant_id) as bigint) as n_so_far
from brought
order by position asc, participant_id asc
