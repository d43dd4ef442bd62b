-- What did each voice say about each written step?
--
-- Grain:   one row per study, voice and step, the steps that the voice never raised among them
-- Columns: study_id, participant_id, step_id, state, stance, also_as_written, support_worked_around,
--          support_adapted, support_left_out, support_as_written, support_unclear
-- Note:    a support column holds the voices behind the best supported practice of that stance that this voice
--          told, 0 for none. "At least k voices" is therefore a comparison, never a recount.
-- Note:    precedence: differently, not_done, as_written, unclear, not_raised. Not raised is not "not done".
create table cell as
with told as (
    select
        practice_voice.study_id,
        practice_voice.participant_id,
        practice_support.step_id,
        max(case when practice_support.stance = 'worked_around' then practice_support.n_voices else 0 end)
            as worked_around,
        max(case when practice_support.stance = 'adapted' then practice_support.n_voices else 0 end) as adapted,
        max(case when practice_support.stance = 'left_out' then practice_support.n_voices else 0 end) as left_out,
        max(case when practice_support.stance = 'as_written' then practice_support.n_voices else 0 end)
            as as_written,
        max(case when practice_support.stance = 'unclear' then practice_support.n_voices else 0 end) as unclear
    from practice_voice
    inner join practice_support
        on
            practice_voice.study_id = practice_support.study_id
            and practice_voice.practice_id = practice_support.practice_id
    where practice_support.step_id <> ''
    group by practice_voice.study_id, practice_voice.participant_id, practice_support.step_id
)

select
    participant.study_id,
    participant.participant_id,
    protocol_step.step_id,
    case
        when told.worked_around > 0 or told.adapted > 0 then 'differently'
        when told.left_out > 0 then 'not_done'
        when told.as_written > 0 then 'as_written'
        when told.unclear > 0 then 'unclear'
        else 'not_raised'
    end as state,
    case
        when told.worked_around > 0 then 'worked_around'
        when told.adapted > 0 then 'adapted'
        when told.left_out > 0 then 'left_out'
        when told.as_written > 0 then 'as_written'
        when told.unclear > 0 then 'unclear'
        else 'not_raised'
    end as stance,
    coalesce(told.as_written, 0) > 0
    and (coalesce(told.worked_around, 0) > 0 or coalesce(told.adapted, 0) > 0 or coalesce(told.left_out, 0) > 0)
        as also_as_written,
    coalesce(told.worked_around, 0) as support_worked_around,
    coalesce(told.adapted, 0) as support_adapted,
    coalesce(told.left_out, 0) as support_left_out,
    coalesce(told.as_written, 0) as support_as_written,
    coalesce(told.unclear, 0) as support_unclear
from participant
inner join protocol_step on participant.study_id = protocol_step.study_id
left join told
    on
        participant.study_id = told.study_id
        and participant.participant_id = told.participant_id
        and protocol_step.step_id = told.step_id
