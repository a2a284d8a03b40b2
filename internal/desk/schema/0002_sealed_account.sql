-- +goose Up
-- Who holds an account is sealed. name held it in clear; it is emptied when the
-- folder is next opened, and nothing is written into it any more.
ALTER TABLE account ADD COLUMN sealed_name BYTEA;
ALTER TABLE account ADD COLUMN sealed_phone BYTEA;
