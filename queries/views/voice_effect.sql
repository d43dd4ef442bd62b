-- What effect does each voice tell of each practice?
--
-- Grain:   one row per study, practice and voice
-- Columns: study_id, practice_id, participant_id, effect, is_helps, is_mixed, is_harms
-- Note:    one who tells several known effects of a practice is mixed. The marks keep what was told, so that
--          practices can be taken together: any two different marks of a voice are mixed again.
create table voice_effect as
with told as (
    select
        study_id,
        practice_id,
        participant_id,
        max(case when effect = 'helps' then 1 else 0 end) as is_helps,
        max(case when effect = 'mixed' then 1 else 0 end) as is_mixed,
        max(case when effect = 'harms' then 1 else 0 end) as is_harms
    from practice_voice
    group by study_id, practice_id, participant_id
)

select
    study_id,
    practice_id,
    participant_id,
    case
        when is_mixed = 1 or is_helps + is_harms = 2 then 'mixed'
        when is_helps = 1 then 'helps'
        when is_harms = 1 then 'harms'
        else 'not_known'
    end as effect,
    is_helps,
    is_mixed,
    is_harms
from told
