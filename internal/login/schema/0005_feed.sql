-- +goose Up
-- Secret addresses of calendars. One that was ended is kept, so that a program that goes
-- on asking for it is told so, and is not taken for somebody who guesses.
CREATE TABLE feed (
  city_id    BIGINT NOT NULL,
  token_hash BYTEA  NOT NULL,
  account_id BIGINT NOT NULL,
  made_at    BIGINT NOT NULL,
  ended_at   BIGINT NOT NULL,
  PRIMARY KEY (city_id, token_hash)
);
CREATE INDEX feed_account ON feed (city_id, account_id, made_at);
