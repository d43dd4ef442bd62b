-- Under which codes does each code stand?
--
-- Grain:   one row per study, code and code on the line above it, itself included
-- Columns: study_id, code_id, above_id, depth
-- Note:    depth is how many levels above the code the other one stands, 0 for the code itself. A code whose parent
--          is not in the codebook stands on top.
create table code_line as
with recursive line as (
    select
        study_id,
        code_id,
        code_id as above_id,
        parent_id,
        0 as depth
    from code
    union all
    select
        line.study_id,
        line.code_id,
        code.code_id as above_id,
        code.parent_id,
        line.depth + 1 as depth
    from line
    inner join code
        on
            line.study_id = code.study_id
            and line.parent_id = code.code_id
)

select
    study_id,
    code_id,
    above_id,
    depth
from line
