-- On the excerpts that several coders coded, how many of them gave each code?
--
-- Grain:   one row per code that some coder gave to such an excerpt, number of coders of an excerpt, and number of
--          those who gave the code
-- Params:  $study_id text
-- Columns: code_id, code, code_sv, n_coders, n_on_unit, n_gave, n_units
-- Note:    a unit is an excerpt that at least two named coders coded; a coder who gave it no code at all did not
--          code it. n_coders are the coders of all units. Of a reader's filters only the study applies.
with given as (
    select distinct
        excerpt_id,
        code_id,
        coder
    from coding
    where study_id = $study_id and coder <> ''
),

unit as (
    select
        excerpt_id,
        count(distinct coder) as n_on_unit
    from given
    group by excerpt_id
    having count(distinct coder) >= 2
),

group_of as (
    select
        (
            select count(distinct given.coder) from given
            inner join unit on given.excerpt_id = unit.excerpt_id
        ) as n_coders
),

size as (
    select
        n_on_unit,
        count(*) as n_units
    from unit
    group by n_on_unit
),

gave as (
    select
        given.code_id,
        unit.excerpt_id,
        unit.n_on_unit,
        count(*) as n_gave
    from given
    inner join unit on given.excerpt_id = unit.excerpt_id
    group by given.code_id, unit.excerpt_id, unit.n_on_unit
),

counted as (
    select
        code_id,
        n_on_unit,
        n_gave,
        count(*) as n_units
    from gave
    group by code_id, n_on_unit, n_gave
),

used as (
    select distinct code_id from gave
),

silent as (
    select
        used.code_id,
        size.n_on_unit,
        0 as n_gave,
        size.n_units - coalesce(sum(counted.n_units), 0) as n_units
    from used
    cross join size
    left join counted
        on
            used.code_id = counted.code_id
            and size.n_on_unit = counted.n_on_unit
    group by used.code_id, size.n_on_unit, size.n_units
),

tallied as (
    select
        code_id,
        n_on_unit,
        n_gave,
        n_units
    from counted
    union all
    select
        code_id,
        n_on_unit,
        n_gave,
        n_units
    from silent
    where n_units > 0
)

select
    tallied.code_id,
    code.name as code,
    code.name_sv as code_sv,
    group_of.n_coders,
    tallied.n_on_unit,
    tallied.n_gave,
    cast(tallied.n_units as bigint) as n_units
from tallied
inner join code on tallied.code_id = code.code_id
cross join group_of
where code.study_id = $study_id
order by tallied.code_id asc, tallied.n_on_unit asc, tallied.n_gave asc
