-- How many voices and excerpts stand behind each code, alone and together with the codes below it?
--
-- Grain:   one row per code of the codebook, folders that cannot be coded with included
-- Params:  $study_id text
-- Columns: code_id, parent_id, theme, code, code_sv, description, depth, is_codable, n_voices, n_excerpts,
--          n_voices_below, n_excerpts_below
-- Note:    an excerpt counts once, whatever number of coders gave it the code; one whose speaker nobody named has
--          no voice. "Below" is with this code or any code below it. Of a reader's filters only the study applies.
with coded as (
    select distinct
        coding.code_id,
        coding.excerpt_id,
        excerpt.participant_id
    from coding
    inner join excerpt
        on
            coding.study_id = excerpt.study_id
            and coding.excerpt_id = excerpt.excerpt_id
    where coding.study_id = $study_id
),

line as (
    select
        code_id,
        above_id,
        depth
    from code_line
    where study_id = $study_id
),

level as (
    select
        code_id,
        max(depth) as depth
    from line
    group by code_id
),

told as (
    select
        line.above_id as code_id,
        count(distinct case when line.depth = 0 and coded.participant_id <> '' then coded.participant_id end)
            as n_voices,
        count(distinct case when line.depth = 0 then coded.excerpt_id end) as n_excerpts,
        count(distinct case when coded.participant_id <> '' then coded.participant_id end) as n_voices_below,
        count(distinct coded.excerpt_id) as n_excerpts_below
    from line
    inner join coded on line.code_id = coded.code_id
    group by line.above_id
)

select
    code.code_id,
    code.parent_id,
    code.theme,
    code.name as code,
    code.name_sv as code_sv,
    code.description,
    level.depth,
    code.is_codable,
    coalesce(told.n_voices, 0) as n_voices,
    coalesce(told.n_excerpts, 0) as n_excerpts,
    coalesce(told.n_voices_below, 0) as n_voices_below,
    coalesce(told.n_excerpts_below, 0) as n_excerpts_below
from code
inner join level on code.code_id = level.code_id
left join told on code.code_id = told.code_id
where code.study_id = $study_id
order by code.code_id
