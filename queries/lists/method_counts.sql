-- How much material does a study hold, and how far is it documented?
--
-- Grain:   one row per study asked for
-- Params:  $study_id text
-- Columns: study_id, n_documents, n_transcripts, n_excerpts, n_codes, n_codes_defined, n_coders, n_practices,
--          n_unwritten, n_one_voice, n_tellings, n_tellings_with_words, n_quotes,
--          n_core, n_unchecked
-- Note:    n_codes leaves out the folders of the codebook; n_transcripts are documents with their text; n_one_voice
--          are practices that a single voice tells; a telling is one voice telling one practice in one excerpt;
--          n_quotes are excerpts that a practice rests on; n_unchecked are steps whose place says so.
select
    study.study_id,
    (
        select count(*) from document
        where document.study_id = study.study_id
    ) as n_documents,
    (
        select count(*) from document
        where document.study_id = study.study_id and document.text <> ''
    ) as n_transcripts,
    (
        select count(*) from excerpt
        where excerpt.study_id = study.study_id
    ) as n_excerpts,
    (
        select count(*) from code
        where code.study_id = study.study_id and code.is_codable
    ) as n_codes,
    (
        select count(*) from code
        where code.study_id = study.study_id and code.is_codable and code.description <> ''
    ) as n_codes_defined,
    (
        select count(distinct coding.coder) from coding
        where coding.study_id = study.study_id and coding.coder <> ''
    ) as n_coders,
    (
        select count(*) from practice
        where practice.study_id = study.study_id
    ) as n_practices,
    (
        select count(*) from practice
        where practice.study_id = study.study_id and practice.stance = 'added'
    ) as n_unwritten,
    (
        select count(*) from practice_support
        where practice_support.study_id = study.study_id and practice_support.n_voices = 1
    ) as n_one_voice,
    (
        select count(*) from practice_voice
        where practice_voice.study_id = study.study_id
    ) as n_tellings,
    (
        select count(*) from practice_voice
        where practice_voice.study_id = study.study_id and practice_voice.excerpt_id <> ''
    ) as n_tellings_with_words,
    (
        select count(distinct practice_voice.excerpt_id) from practice_voice
        where practice_voice.study_id = study.study_id and practice_voice.excerpt_id <> ''
    ) as n_quotes,
    (
        select count(*) from protocol_step
        where protocol_step.study_id = study.study_id and protocol_step.is_core
    ) as n_core,
    (
        select count(*) from protocol_step
        where protocol_step.study_id = study.study_id and protocol_step.place = 'not checked against the source'
    ) as n_unchecked
from study
where study.study_id = $study_id
order by study.study_id
