-- Which side of the working alliance does practice that differs from the text serve, per tool?
--
-- Grain:   one row per digital component and alliance aspect that at least one voice told
-- Params:  $study_id text, $component_ids text[], $phases text[], $obligation_levels text[],
--          $jurisdictions text[], $at_least integer
-- Columns: component_id, component, component_sv, alliance_aspect, n_voices, n_practices, n_unwritten
-- Note:    counts distinct voices over adapted, worked around, left out and unwritten practice; a voice that
--          serves two aspects stands in both. Unwritten practice has no source to filter by.
with chosen as (
    select
        practice.study_id,
        practice.practice_id,
        practice.component_id,
        practice.alliance_aspect,
        practice.stance
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
        and practice.alliance_aspect <> ''
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
)

select
    chosen.component_id,
    digital_component.name as component,
    digital_component.name_sv as component_sv,
    chosen.alliance_aspect,
    count(distinct practice_voice.participant_id) as n_voices,
    count(distinct chosen.practice_id) as n_practices,
    count(distinct case when chosen.stance = 'added' then chosen.practice_id end) as n_unwritten
from chosen
inner join digital_component
    on
        chosen.study_id = digital_component.study_id
        and chosen.component_id = digital_component.component_id
inner join practice_voice
    on
        chosen.study_id = practice_voice.study_id
        and chosen.practice_id = practice_voice.practice_id
group by
    chosen.component_id,
    digital_component.name,
    digital_component.name_sv,
    digital_component.position,
    chosen.alliance_aspect
order by digital_component.position, chosen.component_id, chosen.alliance_aspect
