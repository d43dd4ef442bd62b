-- Which quotes were held back because personal data stands in them, and what was decided?
--
-- Grain:   one row per excerpt that is held back, was released, or is withheld for good
-- Params:  $study_id text
-- Columns: excerpt_id, participant_id, document, start_at, release_state, quote, quote_en, memo
-- Note:    for reviewers only: it is the one list that gives the words.
select
    excerpt.excerpt_id,
    excerpt.participant_id,
    coalesce(document.name, '') as document,
    excerpt.start_at,
    excerpt.release_state,
    excerpt.text as quote,
    excerpt.text_en as quote_en,
    excerpt.memo
from excerpt
left join document
    on
        excerpt.study_id = document.study_id
        and excerpt.document_id = document.document_id
where excerpt.study_id = $study_id and excerpt.release_state in ('held', 'released', 'withheld')
order by document.name, excerpt.start_at, excerpt.excerpt_id
