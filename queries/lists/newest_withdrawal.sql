-- Which generation is the first without everybody who withdrew?
--
-- Grain:   one row per store
-- Params:  none
-- Columns: generation
-- Note:    0 where nobody withdrew; whatever is older than it must not be kept.
select coalesce(max(generation), 0) as generation
from withdrawal
order by generation asc
