-- What do those who differ say of a step, by effect, fidelity and reason?
--
-- Grain:   one row per step in the reader's filters, zeros where nobody differs
-- Params:  $study_id text, $component_ids text[], $phases text[], $obligation_levels text[],
--          $jurisdictions text[], $at_least integer
-- Columns: step_id, n_helps, n_mixed, n_harms, n_not_known, n_consistent, n_inconsistent, n_condition
-- Note:    voices, each once. A voice that tells more than one known effect of what it does differently is
--          mixed. n_condition: the reason lies with the organisation (tool, time, staffing).
with differing as (
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
    count(case when differing.is_helps = 1 and differing.is_harms + differing.is_mixed = 0 then 1 end) as n_helps,
    count(
        case when differing.is_mixed = 1 or differing.is_helps + differing.is_harms = 2 then 1 end
    ) as n_mixed,
    count(case when differing.is_harms = 1 and differing.is_helps + differing.is_mixed = 0 then 1 end) as n_harms,
    count(
        case when differing.is_helps + differing.is_harms + differing.is_mixed = 0 then 1 end
    ) as n_not_known,
    count(
        case when differing.is_consistent = 1 and differing.is_inconsistent = 0 then 1 end
    ) as n_consistent,
    count(case when differing.is_inconsistent = 1 then 1 end) as n_inconsistent,
    count(case when differing.is_condition = 1 then 1 end) as n_condition
from written_step
left join differing on written_step.step_id = differing.step_id
where
    written_step.study_id = $study_id
    and (array_contains($component_ids, '*') or array_contains($component_ids, written_step.component_id))
    and (array_contains($phases, '*') or array_contains($phases, written_step.phase))
    and (
        array_contains($obligation_levels, '*')
        or array_contains($obligation_levels, written_step.obligation_level)
    )
    and (array_contains($jurisdictions, '*') or array_contains($jurisdictions, written_step.jurisdiction))
group by written_step.step_id
order by written_step.step_id
