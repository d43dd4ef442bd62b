-- What was said under a code, and under the codes below it?
--
-- Grain:   one row per excerpt of the code
-- Params:  $study_id text, $code_id text
-- Columns: excerpt_id, participant_id, citation, address, code, code_sv, quote, quote_en, verification, document
-- Note:    an excerpt with several codes of the line stands once, under the first of them.
select
    excerpt.excerpt_id,
    excerpt.participant_id,
    coalesce(participant.citation, '') as citation,
    coalesce(participant.address, '') as address,
    min(code.name) as code,
    min(code.name_sv) as code_sv,
    case when excerpt.release_state in ('held', 'withheld') then '' else excerpt.text end as quote,
    case when excerpt.release_state in ('held', 'withheld') then '' else excerpt.text_en end as quote_en,
    case when excerpt.release_state in ('held', 'withheld') then 'held_back' else excerpt.verification end
        as verification,
    coalesce(document.name, '') as document
from code_line
inner join code
    on
        code_line.study_id = code.study_id
        and code_line.code_id = code.code_id
inner join coding
    on
        code_line.study_id = coding.study_id
        and code_line.code_id = coding.code_id
inner join excerpt
    on
        coding.study_id = excerpt.study_id
        and coding.excerpt_id = excerpt.excerpt_id
left join participant
    on
        excerpt.study_id = participant.study_id
        and excerpt.participant_id = participant.participant_id
left join document
    on
        excerpt.study_id = document.study_id
        and excerpt.document_id = document.document_id
where code_line.study_id = $study_id and code_line.above_id = $code_id
group by
    excerpt.excerpt_id,
    excerpt.participant_id,
    participant.citation,
    participant.address,
    excerpt.text,
    excerpt.text_en,
    excerpt.verification,
    excerpt.release_state,
    document.name,
    excerpt.start_at
order by document.name, excerpt.start_at, excerpt.excerpt_id
