-- Who works as it is written and sees a mixed effect or harm in that?
--
-- Grain:   one row per step and such voice in the reader's filters
-- Params:  $study_id text, $component_ids text[], $phases text[], $obligation_levels text[],
--          $jurisdictions text[], $at_least integer
-- Columns: step_id, participant_id, effect
-- Note:    a voice that also differs on the step is not one of these: its effect is counted where it differs. One who
--          tells several known effects of what is written is mixed.
with told as (
    select
        practice.step_id,
        voice_effect.participant_id,
        written_step.component_position,
        written_step.phase_position,
        written_step.position,
        max(case when practice.stance in ('adapted', 'worked_around', 'left_out') then 1 else 0 end) as is_differ,
        max(case when practice.stance = 'as_written' then voice_effect.is_helps else 0 end) as is_helps,
        max(case when practice.stance = 'as_written' then voice_effect.is_mixed else 0 end) as is_mixed,
        max(case when practice.stance = 'as_written' then voice_effect.is_harms else 0 end) as is_harms
    from practice
    inner join written_step
        on
            practice.study_id = written_step.study_id
            and practice.step_id = written_step.step_id
    inner join practice_support
        on
            practice.study_id = practice_support.study_id
            and practice.practice_id = practice_support.practice_id
    inner join voice_effect
        on
            practice.study_id = voice_effect.study_id
            and practice.practice_id = voice_effect.practice_id
    where
        practice.study_id = $study_id
        and practice_support.n_voices >= $at_least
        and (array_contains($component_ids, '*') or array_contains($component_ids, written_step.component_id))
        and (array_contains($phases, '*') or array_contains($phases, written_step.phase))
        and (
            array_contains($obligation_levels, '*')
            or array_contains($obligation_levels, written_step.obligation_level)
        )
        and (array_contains($jurisdictions, '*') or array_contains($jurisdictions, written_step.jurisdiction))
    group by
        practice.step_id,
        voice_effect.participant_id,
        written_step.component_position,
        written_step.phase_position,
        written_step.position
)

select
    step_id,
    participant_id,
    case when is_mixed = 1 or is_helps = 1 then 'mixed' else 'harms' end as effect
from told
where is_differ = 0 and (is_mixed = 1 or is_harms = 1)
order by
    component_position asc,
    phase_position asc,
    position asc,
    step_id asc,
    participant_id asc
