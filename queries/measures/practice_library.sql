-- What do clinicians do otherwise than written, or without a text, and what do they say it leads to?
--
-- Grain:   one row per practice that is adapted, worked around, left out or added, in the reader's filters
-- Params:  $study_id text, $component_ids text[], $phases text[], $obligation_levels text[],
--          $jurisdictions text[], $at_least integer
-- Columns: practice_id, component_id, component, component_sv, phase, phase_position, step_id, step, step_sv, stance,
--          practice, practice_sv, frame_nature, fidelity, reason, reason_sv, reason_level, alliance_aspect,
--          resilience_potential, rests_on, n_voices, n_helps, n_mixed, n_harms, n_not_known
-- Note:    step_id is the written step that is bent; for unwritten practice the step near which it happens.
-- Note:    unwritten practice has no source to filter by. A voice that tells several known effects is mixed.
with chosen as (
    select
        practice.practice_id,
        practice.component_id,
        coalesce(written_step.phase, practice.phase) as phase,
        case when practice.stance = 'added' then practice.near_step_id else practice.step_id end as step_id,
        practice.stance,
        practice.name as practice,
        practice.name_sv as practice_sv,
        practice.frame_nature,
        practice.fidelity,
        practice.reason,
        practice.reason_sv,
        practice.reason_level,
        practice.alliance_aspect,
        practice.resilience_potential,
        practice.rests_on,
        practice_support.n_voices
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
    select
        practice_id,
        count(case when effect = 'helps' then 1 end) as n_helps,
        count(case when effect = 'mixed' then 1 end) as n_mixed,
        count(case when effect = 'harms' then 1 end) as n_harms,
        count(case when effect = 'not_known' then 1 end) as n_not_known
    from voice_effect
    where study_id = $study_id
    group by practice_id
)

select
    chosen.practice_id,
    chosen.component_id,
    digital_component.name as component,
    digital_component.name_sv as component_sv,
    chosen.phase,
    case chosen.phase
        when 'before' then 1
        when 'session_start' then 2
        when 'during' then 3
        when 'between' then 4
        when 'ending' then 5
        else 6
    end as phase_position,
    chosen.step_id,
    coalesce(written_step.step, '') as step,
    coalesce(written_step.step_sv, '') as step_sv,
    chosen.stance,
    chosen.practice,
    chosen.practice_sv,
    chosen.frame_nature,
    chosen.fidelity,
    chosen.reason,
    chosen.reason_sv,
    chosen.reason_level,
    chosen.alliance_aspect,
    chosen.resilience_potential,
    chosen.rests_on,
    chosen.n_voices,
    told.n_helps,
    told.n_mixed,
    told.n_harms,
    told.n_not_known
from chosen
inner join told on chosen.practice_id = told.practice_id
inner join digital_component
    on
        chosen.component_id = digital_component.component_id
        and digital_component.study_id = $study_id
left join written_step
    on
        chosen.step_id = written_step.step_id
        and written_step.study_id = $study_id
order by
    told.n_helps desc,
    chosen.n_voices desc,
    digital_component.position asc,
    phase_position asc,
    chosen.practice_id asc
