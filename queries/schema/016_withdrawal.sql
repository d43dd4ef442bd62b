-- Whom no later import may bring back; rows are only ever added.
--
-- Grain:   one row per withdrawal and thing that tells of it: the voice (participant), and each document that held
--          their words by its name (name) and by its text (text)
-- Note:    a mark is salted and hashed: it keeps a name out of plain sight, not from somebody who tries them all.
-- Note:    it holds for every study of the series. generation is the first one without them.

create table withdrawal (
    generation integer not null,
    series varchar not null,
    withdrawn_at timestamp not null,
    kind varchar not null,
    salt varchar not null,
    mark varchar not null
);
