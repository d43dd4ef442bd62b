-- Which codes of two folders are told in the same words?
--
-- Grain:   one row per code right under the folder $down and code right under the folder $across
-- Params:  $study_id text, $down text, $across text
-- Columns: down_id, down, down_sv, across_id, across, across_sv, n_down, n_across, n_both, n_voices_both
-- Note:    an empty folder is the top of the codebook. Each code is taken with everything below it, and a code is
--          not set against itself, nor against one that it holds or stands in.
-- Note:    two codings meet on the same excerpt, or on excerpts of one document whose stretches overlap. n_both is
--          the smaller of: excerpts of the one that meet the other, and the reverse.
with place as (
    select distinct
        code_line.above_id as side_id,
        excerpt.excerpt_id,
        excerpt.document_id,
        excerpt.participant_id,
        excerpt.start_at,
        excerpt.end_at
    from code
    inner join code_line
        on
            code.study_id = code_line.study_id
            and code.code_id = code_line.above_id
    inner join coding
        on
            code_line.study_id = coding.study_id
            and code_line.code_id = coding.code_id
    inner join excerpt
        on
            coding.study_id = excerpt.study_id
            and coding.excerpt_id = excerpt.excerpt_id
    where code.study_id = $study_id and code.parent_id in ($down, $across)
),

told as (
    select
        side_id,
        count(*) as n_excerpts
    from place
    group by side_id
),

stretch as (
    select distinct
        excerpt_id,
        document_id,
        start_at,
        end_at
    from place
),

meeting as (
    select
        excerpt_id as one_id,
        excerpt_id as other_id
    from stretch
    union all
    select
        one.excerpt_id as one_id,
        other.excerpt_id as other_id
    from stretch as one
    inner join stretch as other
        on
            one.document_id = other.document_id
            and one.start_at < other.end_at
            and one.end_at > other.start_at
    where one.excerpt_id <> other.excerpt_id
),

met as (
    select distinct
        one.side_id as one_side_id,
        two.side_id as other_side_id,
        one.excerpt_id,
        one.participant_id
    from place as one
    inner join meeting on one.excerpt_id = meeting.one_id
    inner join place as two on meeting.other_id = two.excerpt_id
),

side as (
    select
        one_side_id,
        other_side_id,
        count(*) as n_excerpts,
        count(distinct case when participant_id <> '' then participant_id end) as n_voices
    from met
    group by one_side_id, other_side_id
)

select
    down.code_id as down_id,
    down.name as down,
    down.name_sv as down_sv,
    across.code_id as across_id,
    across.name as across,
    across.name_sv as across_sv,
    coalesce(told_down.n_excerpts, 0) as n_down,
    coalesce(told_across.n_excerpts, 0) as n_across,
    coalesce(least(there.n_excerpts, back.n_excerpts), 0) as n_both,
    coalesce(least(there.n_voices, back.n_voices), 0) as n_voices_both
from code as down
inner join code as across on down.study_id = across.study_id
left join code_line as held
    on
        down.study_id = held.study_id
        and down.code_id = held.above_id
        and across.code_id = held.code_id
left join code_line as holder
    on
        down.study_id = holder.study_id
        and down.code_id = holder.code_id
        and across.code_id = holder.above_id
left join told as told_down on down.code_id = told_down.side_id
left join told as told_across on across.code_id = told_across.side_id
left join side as there
    on
        down.code_id = there.one_side_id
        and across.code_id = there.other_side_id
left join side as back
    on
        down.code_id = back.other_side_id
        and across.code_id = back.one_side_id
where
    down.study_id = $study_id
    and down.parent_id = $down
    and across.parent_id = $across
    and held.code_id is null
    and holder.code_id is null
order by down.code_id asc, across.code_id asc
