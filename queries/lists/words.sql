-- What was said, by whom, and of which practice?
--
-- Grain:   one row per practice, voice and excerpt in the reader's filters; a coding without words has no quote
-- Params:  $study_id text, $component_ids text[], $phases text[], $obligation_levels text[],
--          $jurisdictions text[], $at_least integer, $step_ids text[], $practice_ids text[], $participant_ids text[]
-- Columns: practice_id, practice, practice_sv, stance, component_id, component, component_sv, phase, step_id,
--          near_step_id, step, step_sv, alliance_aspect, frame_nature, fidelity, reason, reason_sv, reason_level,
--          resilience_potential, n_voices, participant_id, citation, address, effect, practice_effect, excerpt_id,
--          quote, quote_en, verification, document
-- Note:    a quote that is held back for review has no words here; its verification says held_back.
-- Note:    a list that holds '*' means all. Unwritten practice has no source to filter by. practice_effect is what
--          the voice tells of this practice over all of its excerpts.
select
    practice.practice_id,
    practice.name as practice,
    practice.name_sv as practice_sv,
    practice.stance,
    practice.component_id,
    digital_component.name as component,
    digital_component.name_sv as component_sv,
    coalesce(written_step.phase, practice.phase) as phase,
    practice.step_id,
    practice.near_step_id,
    coalesce(written_step.step, '') as step,
    coalesce(written_step.step_sv, '') as step_sv,
    practice.alliance_aspect,
    practice.frame_nature,
    practice.fidelity,
    practice.reason,
    practice.reason_sv,
    practice.reason_level,
    practice.resilience_potential,
    practice_support.n_voices,
    practice_voice.participant_id,
    participant.citation,
    participant.address,
    practice_voice.effect,
    voice_effect.effect as practice_effect,
    practice_voice.excerpt_id,
    case when excerpt.release_state in ('held', 'withheld') then '' else coalesce(excerpt.text, '') end as quote,
    case when excerpt.release_state in ('held', 'withheld') then '' else coalesce(excerpt.text_en, '') end as quote_en,
    case when excerpt.release_state in ('held', 'withheld') then 'held_back' else coalesce(excerpt.verification, '') end
        as verification,
    coalesce(document.name, '') as document
from practice
inner join digital_component
    on
        practice.study_id = digital_component.study_id
        and practice.component_id = digital_component.component_id
inner join practice_support
    on
        practice.study_id = practice_support.study_id
        and practice.practice_id = practice_support.practice_id
inner join practice_voice
    on
        practice.study_id = practice_voice.study_id
        and practice.practice_id = practice_voice.practice_id
inner join voice_effect
    on
        practice_voice.study_id = voice_effect.study_id
        and practice_voice.practice_id = voice_effect.practice_id
        and practice_voice.participant_id = voice_effect.participant_id
inner join participant
    on
        practice_voice.study_id = participant.study_id
        and practice_voice.participant_id = participant.participant_id
left join written_step
    on
        practice.study_id = written_step.study_id
        and practice.step_id = written_step.step_id
left join excerpt
    on
        practice_voice.study_id = excerpt.study_id
        and practice_voice.excerpt_id = excerpt.excerpt_id
left join document
    on
        excerpt.study_id = document.study_id
        and excerpt.document_id = document.document_id
where
    practice.study_id = $study_id
    and practice_support.n_voices >= $at_least
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
    and (array_contains($step_ids, '*') or array_contains($step_ids, practice.step_id))
    and (array_contains($practice_ids, '*') or array_contains($practice_ids, practice.practice_id))
    and (array_contains($participant_ids, '*') or array_contains($participant_ids, practice_voice.participant_id))
order by
    practice_support.n_voices desc,
    practice.practice_id asc,
    practice_voice.participant_id asc,
    practice_voice.excerpt_id asc
