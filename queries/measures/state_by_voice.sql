-- What does each voice that raised a written step do there, and what does it say of doing it otherwise?
--
-- Grain:   one row per step in the reader's filters and voice that raised it
-- Params:  $study_id text, $component_ids text[], $phases text[], $obligation_levels text[],
--          $jurisdictions text[], $at_least integer
-- Columns: step_id, participant_id, stance, is_clear, is_differ, effect, is_consistent, is_inconsistent,
--          is_condition
-- Note:    summed over voices this is gap_by_step and placement_by_step. effect is of all that the voice does
--          otherwise on the step: more than one known effect is mixed, '' where it does not differ.
with voice as (
    select
        cell.step_id,
        cell.participant_id,
        case
            when cell.support_worked_around >= $at_least then 'worked_around'
            when cell.support_adapted >= $at_least then 'adapted'
            when cell.support_left_out >= $at_least then 'left_out'
            when cell.support_as_written >= $at_least then 'as_written'
            when cell.support_unclear >= $at_least then 'unclear'
            else 'not_raised'
        end as stance
    from cell
    where cell.study_id = $study_id
),

differing as (
    select
        practice_support.step_id,
        voice_effect.participant_id,
        max(voice_effect.is_helps) as is_helps,
        max(voice_effect.is_harms) as is_harms,
        max(voice_effect.is_mixed) as is_mixed,
        max(case when practice.fidelity = 'inconsistent' then 1 else 0 end) as is_inconsistent,
        max(case when practice.fidelity = 'consistent' then 1 else 0 end) as is_consistent,
        max(case when practice.reason_level = 'organisation' then 1 else 0 end) as is_condition
    from practice_support
    inner join practice
        on
            practice_support.study_id = practice.study_id
            and practice_support.practice_id = practice.practice_id
    inner join voice_effect
        on
            practice_support.study_id = voice_effect.study_id
            and practice_support.practice_id = voice_effect.practice_id
    where
        practice_support.study_id = $study_id
        and practice_support.step_id <> ''
        and practice_support.stance in ('adapted', 'worked_around', 'left_out')
        and practice_support.n_voices >= $at_least
    group by practice_support.step_id, voice_effect.participant_id
)

select
    written_step.step_id,
    voice.participant_id,
    voice.stance,
    voice.stance <> 'unclear' as is_clear,
    differing.participant_id is not null as is_differ,
    case
        when differing.participant_id is null then ''
        when differing.is_mixed = 1 or differing.is_helps + differing.is_harms = 2 then 'mixed'
        when differing.is_helps = 1 then 'helps'
        when differing.is_harms = 1 then 'harms'
        else 'not_known'
    end as effect,
    coalesce(differing.is_consistent = 1 and differing.is_inconsistent = 0, false) as is_consistent,
    coalesce(differing.is_inconsistent = 1, false) as is_inconsistent,
    coalesce(differing.is_condition = 1, false) as is_condition
from written_step
inner join voice on written_step.step_id = voice.step_id
left join differing
    on
        voice.step_id = differing.step_id
        and voice.participant_id = differing.participant_id
where
    written_step.study_id = $study_id
    and voice.stance <> 'not_raised'
    and (array_contains($component_ids, '*') or array_contains($component_ids, written_step.component_id))
    and (array_contains($phases, '*') or array_contains($phases, written_step.phase))
    and (
        array_contains($obligation_levels, '*')
        or array_contains($obligation_levels, written_step.obligation_level)
    )
    and (array_contains($jurisdictions, '*') or array_contains($jurisdictions, written_step.jurisdiction))
order by
    written_step.component_position,
    written_step.phase_position,
    written_step.position,
    written_step.step_id,
    voice.participant_id
