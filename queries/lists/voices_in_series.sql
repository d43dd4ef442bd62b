-- How many of a study's voices are also in the other rounds of its series?
--
-- Grain:   one row per other study of the same series
-- Params:  $study_id text
-- Columns: study_id, title, title_sv, round, n_voices, n_shared
-- Note:    a voice is the same where its pseudonym is.
select
    other.study_id,
    other.title,
    other.title_sv,
    other.round,
    count(theirs.participant_id) as n_voices,
    count(ours.participant_id) as n_shared
from study
inner join study as other on study.series = other.series and study.study_id <> other.study_id
left join participant as theirs on other.study_id = theirs.study_id
left join participant as ours
    on
        study.study_id = ours.study_id
        and theirs.participant_id = ours.participant_id
where study.study_id = $study_id
group by other.study_id, other.title, other.title_sv, other.round
order by other.round, other.study_id
