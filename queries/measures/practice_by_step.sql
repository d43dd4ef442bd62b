-- Which distinct practices stand behind each written step, and who tells them?
--
-- Grain:   one row per step and practice in the reader's filters
-- Params:  $study_id text, $component_ids text[], $phases text[], $obligation_levels text[],
--          $jurisdictions text[], $at_least integer
-- Columns: step_id, component_id, practice_id, stance, practice, practice_sv, frame_nature, fidelity, reason,
--          reason_sv, alliance_aspect, resilience_potential, n_voices, n_helps, n_mixed, n_harms, n_not_known
-- Note:    voices by the effect that they tell of this practice; one who tells several known effects is mixed.
select
    practice.step_id,
    practice.component_id,
    practice.practice_id,
    practice.stance,
    practice.name as practice,
    practice.name_sv as practice_sv,
    practice.frame_nature,
    practice.fidelity,
    practice.reason,
    practice.reason_sv,
    practice.alliance_aspect,
    practice.resilience_potential,
    count(voice_effect.participant_id) as n_voices,
    count(case when voice_effect.effect = 'helps' then 1 end) as n_helps,
    count(case when voice_effect.effect = 'mixed' then 1 end) as n_mixed,
    count(case when voice_effect.effect = 'harms' then 1 end) as n_harms,
    count(case when voice_effect.effect = 'not_known' then 1 end) as n_not_known
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
    practice.component_id,
    practice.practice_id,
    practice.stance,
    practice.name,
    practice.name_sv,
    practice.frame_nature,
    practice.fidelity,
    practice.reason,
    practice.reason_sv,
    practice.alliance_aspect,
    practice.resilience_potential,
    written_step.component_position,
    written_step.phase_position,
    written_step.position
order by
    written_step.component_position asc,
    written_step.phase_position asc,
    written_step.position asc,
    practice.step_id asc,
    n_voices desc,
    practice.practice_id asc
