-- +goose Up
CREATE TABLE credential (
  city_id    BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  login_name TEXT   NOT NULL,
  hash       TEXT   NOT NULL,
  PRIMARY KEY (city_id, account_id),
  UNIQUE (city_id, login_name)
);
CREATE TABLE sign_in_link (
  token_hash BYTEA  NOT NULL PRIMARY KEY,
  city_id    BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE TABLE session (
  token      TEXT   NOT NULL PRIMARY KEY,
  city_id    BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  data       BYTEA  NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX session_expires ON session (expires_at);
