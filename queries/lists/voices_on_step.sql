-- What did each voice say about one written step?
--
-- Grain:   one row per voice of the study
-- Params:  $study_id text, $step_id text, $at_least integer
-- Columns: participant_id, citation, stance, is_also_as_written
select
    cell.participant_id,
    participant.citation,
    case
        when cell.support_worked_around >= $at_least then 'worked_around'
        when cell.support_adapted >= $at_least then 'adapted'
        when cell.support_left_out >= $at_least then 'left_out'
        when cell.support_as_written >= $at_least then 'as_written'
        when cell.support_unclear >= $at_least then 'unclear'
        else 'not_raised'
    end as stance,
    cell.support_as_written >= $at_least
    and (
        cell.support_worked_around >= $at_least
        or cell.support_adapted >= $at_least
        or cell.support_left_out >= $at_least
    ) as is_also_as_written
from cell
inner join participant
    on
        cell.study_id = participant.study_id
        and cell.participant_id = participant.participant_id
where cell.study_id = $study_id and cell.step_id = $step_id
order by cell.participant_id
