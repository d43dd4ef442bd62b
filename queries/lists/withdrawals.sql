-- Whom and what may no import of a series bring back?
--
-- Grain:   one row per withdrawal and mark of it
-- Params:  $series text
-- Columns: generation, withdrawn_at, kind, salt, mark
-- Note:    a withdrawal has one mark of kind participant, so their number is the voices that withdrew.
select
    generation,
    withdrawn_at,
    kind,
    salt,
    mark
from withdrawal
where series = $series
order by
    generation asc,
    kind asc,
    mark asc
