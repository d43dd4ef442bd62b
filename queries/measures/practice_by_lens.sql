-- What does practice that differs from the text look like through each lens: alliance, nature, fidelity, reason?
--
-- Grain:   one row per lens and category that at least one voice told; lens is alliance_aspect, frame_nature,
--          fidelity, reason_level or resilience_potential
-- Params:  $study_id text, $component_ids text[], $phases text[], $obligation_levels text[],
--          $jurisdictions text[], $at_least integer
-- Columns: lens, category, n_voices, n_worked_around, n_adapted, n_left_out, n_added, n_practices, n_unwritten,
--          n_helps, n_mixed, n_harms, n_not_known
-- Note:    distinct voices over adapted, worked around, left out and unwritten practice. In a category a voice
--          counts once: worked around, adapted, left out, added, the first that it told; a voice that serves two
--          categories stands in both. Unwritten practice has no source to filter by.
with lens as (
    select 'alliance_aspect' as lens
    union all
    select 'frame_nature' as lens
    union all
    select 'fidelity' as lens
    union all
    select 'reason_level' as lens
    union all
    select 'resilience_potential' as lens
),

seen as (
    select
        lens.lens,
        case lens.lens
            when 'alliance_aspect' then practice.alliance_aspect
            when 'frame_nature' then practice.frame_nature
            when 'fidelity' then practice.fidelity
            when 'reason_level' then practice.reason_level
            else practice.resilience_potential
        end as category,
        practice.practice_id,
        practice.stance
    from practice
    cross join lens
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
        seen.lens,
        seen.category,
        voice_effect.participant_id,
        max(case when seen.stance = 'worked_around' then 1 else 0 end) as is_worked_around,
        max(case when seen.stance = 'adapted' then 1 else 0 end) as is_adapted,
        max(case when seen.stance = 'left_out' then 1 else 0 end) as is_left_out,
        max(voice_effect.is_helps) as is_helps,
        max(voice_effect.is_mixed) as is_mixed,
        max(voice_effect.is_harms) as is_harms
    from seen
    inner join voice_effect on seen.practice_id = voice_effect.practice_id
    where voice_effect.study_id = $study_id and seen.category not in ('', 'not_applicable')
    group by seen.lens, seen.category, voice_effect.participant_id
),

behind as (
    select
        lens,
        category,
        count(practice_id) as n_practices,
        count(case when stance = 'added' then 1 end) as n_unwritten
    from seen
    group by lens, category
)

select
    told.lens,
    told.category,
    count(told.participant_id) as n_voices,
    count(case when told.is_worked_around = 1 then 1 end) as n_worked_around,
    count(case when told.is_worked_around = 0 and told.is_adapted = 1 then 1 end) as n_adapted,
    count(case when told.is_worked_around + told.is_adapted = 0 and told.is_left_out = 1 then 1 end) as n_left_out,
    count(case when told.is_worked_around + told.is_adapted + told.is_left_out = 0 then 1 end) as n_added,
    behind.n_practices,
    behind.n_unwritten,
    count(case when told.is_helps = 1 and told.is_mixed + told.is_harms = 0 then 1 end) as n_helps,
    count(case when told.is_mixed = 1 or told.is_helps + told.is_harms = 2 then 1 end) as n_mixed,
    count(case when told.is_harms = 1 and told.is_helps + told.is_mixed = 0 then 1 end) as n_harms,
    count(case when told.is_helps + told.is_mixed + told.is_harms = 0 then 1 end) as n_not_known
from told
inner join behind on told.lens = behind.lens and told.category = behind.category
group by told.lens, told.category, behind.n_practices, behind.n_unwritten
order by told.lens, told.category
