-- How many of those who raised a written step work differently?
--
-- Grain:   one row per step in the reader's filters, also the steps that nobody raised
-- Params:  $study_id text, $component_ids text[], $phases text[], $obligation_levels text[],
--          $jurisdictions text[], $at_least integer
-- Columns: step_id, component_id, component, component_sv, phase, phase_position, step, step_sv, is_core,
--          obligation_level, n_voices, n_raised, n_as_written, n_adapted, n_worked_around, n_differently,
--          n_not_done, n_unclear, n_not_raised, n_also_as_written
-- Note:    a list that holds '*' means all. Counts are of voices.
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
        end as stance,
        cell.support_as_written >= $at_least as is_as_written
    from cell
    where cell.study_id = $study_id
)

select
    written_step.step_id,
    written_step.component_id,
    written_step.component,
    written_step.component_sv,
    written_step.phase,
    written_step.phase_position,
    written_step.step,
    written_step.step_sv,
    written_step.is_core,
    written_step.obligation_level,
    count(voice.participant_id) as n_voices,
    count(case when voice.stance <> 'not_raised' then 1 end) as n_raised,
    count(case when voice.stance = 'as_written' then 1 end) as n_as_written,
    count(case when voice.stance = 'adapted' then 1 end) as n_adapted,
    count(case when voice.stance = 'worked_around' then 1 end) as n_worked_around,
    count(case when voice.stance in ('adapted', 'worked_around') then 1 end) as n_differently,
    count(case when voice.stance = 'left_out' then 1 end) as n_not_done,
    count(case when voice.stance = 'unclear' then 1 end) as n_unclear,
    count(case when voice.stance = 'not_raised' then 1 end) as n_not_raised,
    count(case when voice.is_as_written and voice.stance in ('adapted', 'worked_around', 'left_out') then 1 end)
        as n_also_as_written
from written_step
left join voice on written_step.step_id = voice.step_id
where
    written_step.study_id = $study_id
    and (array_contains($component_ids, '*') or array_contains($component_ids, written_step.component_id))
    and (array_contains($phases, '*') or array_contains($phases, written_step.phase))
    and (
        array_contains($obligation_levels, '*')
        or array_contains($obligation_levels, written_step.obligation_level)
    )
    and (array_contains($jurisdictions, '*') or array_contains($jurisdictions, written_step.jurisdiction))
group by
    written_step.step_id,
    written_step.component_id,
    written_step.component,
    written_step.component_sv,
    written_step.component_position,
    written_step.phase,
    written_step.phase_position,
    written_step.position,
    written_step.step,
    written_step.step_sv,
    written_step.is_core,
    written_step.obligation_level
order by
    written_step.component_position,
    written_step.phase_position,
    written_step.position,
    written_step.step_id
