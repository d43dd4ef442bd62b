-- What do clinicians do that nobody wrote?
--
-- Grain:   one row per unwritten practice in the reader's tool types and phases
-- Params:  $study_id text, $component_ids text[], $phases text[], $at_least integer
-- Columns: practice_id, component_id, component, component_sv, phase, phase_position, near_step_id, practice,
--          practice_sv, frame_nature, reason, reason_sv, alliance_aspect, resilience_potential, n_voices,
--          n_helps, n_mixed, n_harms, n_not_known
-- Note:    no written source asks for these, so obligation level and jurisdiction cannot filter them.
select
    practice.practice_id,
    practice.component_id,
    digital_component.name as component,
    digital_component.name_sv as component_sv,
    practice.phase,
    case practice.phase
        when 'before' then 1
        when 'session_start' then 2
        when 'during' then 3
        when 'between' then 4
        when 'ending' then 5
        else 6
    end as phase_position,
    practice.near_step_id,
    practice.name as practice,
    practice.name_sv as practice_sv,
    practice.frame_nature,
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
inner join digital_component
    on
        practice.study_id = digital_component.study_id
        and practice.component_id = digital_component.component_id
inner join voice_effect
    on
        practice.study_id = voice_effect.study_id
        and practice.practice_id = voice_effect.practice_id
where
    practice.study_id = $study_id
    and practice.stance = 'added'
    and (array_contains($component_ids, '*') or array_contains($component_ids, practice.component_id))
    and (array_contains($phases, '*') or array_contains($phases, practice.phase))
group by
    practice.practice_id,
    practice.component_id,
    digital_component.name,
    digital_component.name_sv,
    digital_component.position,
    practice.phase,
    practice.near_step_id,
    practice.name,
    practice.name_sv,
    practice.frame_nature,
    practice.reason,
    practice.reason_sv,
    practice.alliance_aspect,
    practice.resilience_potential
having count(voice_effect.participant_id) >= $at_least
order by
    digital_component.position asc,
    phase_position asc,
    n_voices desc,
    practice.practice_id asc
