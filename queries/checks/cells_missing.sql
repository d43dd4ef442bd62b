-- Does every study hold one cell per voice and step?
--
-- Grain:   one row per study whose cells are not voices times steps; none in a sound store
-- Params:  none
-- Columns: study_id, n_cells, n_expected
select
    study.study_id,
    (
        select count(*) from cell
        where cell.study_id = study.study_id
    ) as n_cells,
    (
        select count(*) from participant
        where participant.study_id = study.study_id
    )
    * (
        select count(*) from protocol_step
        where protocol_step.study_id = study.study_id
    ) as n_expected
from study
where
    (
        select count(*) from cell
        where cell.study_id = study.study_id
    )
    <> (
        select count(*) from participant
        where participant.study_id = study.study_id
    )
    * (
        select count(*) from protocol_step
        where protocol_step.study_id = study.study_id
    )
order by study.study_id
