-- How many voices tell each practice?
--
-- Grain:   one row per study and practice
-- Columns: study_id, practice_id, step_id, stance, n_voices
-- Note:    excerpts never count: a voice that tells a practice five times is one voice.
create table practice_support as
select
    practice.study_id,
    practice.practice_id,
    practice.step_id,
    practice.stance,
    count(distinct practice_voice.participant_id) as n_voices
from practice
inner join practice_voice
    on
        practice.study_id = practice_voice.study_id
        and practice.practice_id = practice_voice.practice_id
group by practice.study_id, practice.practice_id, practice.step_id, practice.stance
