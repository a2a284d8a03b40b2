-- +goose Up
-- Words of entries about a person are sealed together with their salt: with the
-- salt in clear, names could be tried on the commitment. Where sealed holds
-- something, salt and words are empty.
ALTER TABLE ledger_words ADD COLUMN sealed BYTEA;
