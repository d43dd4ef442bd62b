-- What was said about one written step?
--
-- Grain:   one row per practice, voice and excerpt that stands behind the step
-- Params:  $study_id text, $step_id text, $at_least integer
-- Columns: practice_id, practice, practice_sv, stance, participant_id, citation, address, effect, excerpt_id,
--          quote, quote_en, verification, document
select
    practice.practice_id,
    practice.name as practice,
    practice.name_sv as practice_sv,
    practice.stance,
    practice_voice.participant_id,
    participant.citation,
    participant.address,
    practice_voice.effect,
    practice_voice.excerpt_id,
    coalesce(excerpt.text, '') as quote,
    coalesce(excerpt.text_en, '') as quote_en,
    coalesce(excerpt.verification, '') as verification,
    coalesce(document.name, '') as document
from practice
inner join practice_support
    on
        practice.study_id = practice_support.study_id
        and practice.practice_id = practice_support.practice_id
inner join practice_voice
    on
        practice.study_id = practice_voice.study_id
        and practice.practice_id = practice_voice.practice_id
inner join participant
    on
        practice_voice.study_id = participant.study_id
        and practice_voice.participant_id = participant.participant_id
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
    and practice.step_id = $step_id
    and practice_support.n_voices >= $at_least
order by
    practice_support.n_voices desc,
    practice.practice_id asc,
    practice_voice.participant_id asc,
    practice_voice.excerpt_id asc
