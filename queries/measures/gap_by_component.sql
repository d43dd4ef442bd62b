-- How many of those who spoke about a tool work differently on most of what they raised?
--
-- Grain:   one row per digital component in the reader's filters
-- Params:  $study_id text, $component_ids text[], $phases text[], $obligation_levels text[],
--          $jurisdictions text[], $at_least integer
-- Columns: component_id, component, component_sv, n_steps, n_steps_raised, n_steps_half, n_voices, n_raised,
--          n_mostly_as_written, n_mostly_differ, n_unclear, n_not_raised
-- Note:    a voice counts once: it "mostly differs" when it differs on at least half of the tool's steps on
--          which it was clear. n_steps_half are the steps on which at least half of the clear voices differ.
with pair as (
    select
        written_step.component_id,
        written_step.component,
        written_step.component_sv,
        written_step.component_position,
        written_step.step_id,
        cell.participant_id,
        case
            when cell.support_worked_around >= $at_least then 'differs'
            when cell.support_adapted >= $at_least then 'differs'
            when cell.support_left_out >= $at_least then 'differs'
            when cell.support_as_written >= $at_least then 'as_written'
            when cell.support_unclear >= $at_least then 'unclear'
            else 'not_raised'
        end as manner
    from written_step
    left join cell
        on
            written_step.study_id = cell.study_id
            and written_step.step_id = cell.step_id
    where
        written_step.study_id = $study_id
        and (array_contains($component_ids, '*') or array_contains($component_ids, written_step.component_id))
        and (array_contains($phases, '*') or array_contains($phases, written_step.phase))
        and (
            array_contains($obligation_levels, '*')
            or array_contains($obligation_levels, written_step.obligation_level)
        )
        and (array_contains($jurisdictions, '*') or array_contains($jurisdictions, written_step.jurisdiction))
),

voice as (
    select
        component_id,
        participant_id,
        count(case when manner = 'differs' then 1 end) as n_differs,
        count(case when manner = 'as_written' then 1 end) as n_as_written,
        count(case when manner = 'unclear' then 1 end) as n_unclear
    from pair
    where participant_id is not null
    group by component_id, participant_id
),

voice_count as (
    select
        component_id,
        count(participant_id) as n_voices,
        count(case when n_differs + n_as_written + n_unclear > 0 then 1 end) as n_raised,
        count(case when n_as_written > n_differs then 1 end) as n_mostly_as_written,
        count(case when n_differs >= n_as_written and n_differs > 0 then 1 end) as n_mostly_differ,
        count(case when n_differs + n_as_written = 0 and n_unclear > 0 then 1 end) as n_unclear,
        count(case when n_differs + n_as_written + n_unclear = 0 then 1 end) as n_not_raised
    from voice
    group by component_id
),

step as (
    select
        component_id,
        component,
        component_sv,
        component_position,
        step_id,
        count(case when manner = 'differs' then 1 end) as n_differs,
        count(case when manner = 'as_written' then 1 end) as n_as_written,
        count(case when manner = 'unclear' then 1 end) as n_unclear
    from pair
    group by component_id, component, component_sv, component_position, step_id
)

select
    step.component_id,
    step.component,
    step.component_sv,
    count(step.step_id) as n_steps,
    count(case when step.n_differs + step.n_as_written + step.n_unclear > 0 then 1 end) as n_steps_raised,
    count(case when step.n_differs >= step.n_as_written and step.n_differs > 0 then 1 end) as n_steps_half,
    coalesce(max(voice_count.n_voices), 0) as n_voices,
    coalesce(max(voice_count.n_raised), 0) as n_raised,
    coalesce(max(voice_count.n_mostly_as_written), 0) as n_mostly_as_written,
    coalesce(max(voice_count.n_mostly_differ), 0) as n_mostly_differ,
    coalesce(max(voice_count.n_unclear), 0) as n_unclear,
    coalesce(max(voice_count.n_not_raised), 0) as n_not_raised
from step
left join voice_count on step.component_id = voice_count.component_id
group by step.component_id, step.component, step.component_sv, step.component_position
order by step.component_position, step.component_id
