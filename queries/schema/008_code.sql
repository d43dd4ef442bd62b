-- The codebook.
--
-- Grain:   one row per study and code; code_id is the code's path, because names repeat
-- Note:    theme is the name of the folder on top of the code's line, empty for a code that stands on top itself.

create table code (
    study_id varchar not null,
    code_id varchar not null,
    name varchar not null,
    name_sv varchar not null,
    parent_id varchar not null,
    description varchar not null,
    theme varchar not null,
    colour varchar not null,
    is_codable boolean not null
);
