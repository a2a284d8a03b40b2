-- +goose Up
-- Sessions learn since when and from where they are open. Those that are open
-- end with this change: everybody signs in once more.
DROP TABLE session;
CREATE TABLE session (
  token      TEXT   NOT NULL PRIMARY KEY,
  city_id    BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  data       BYTEA  NOT NULL,
  expires_at BIGINT NOT NULL,
  began_at   BIGINT NOT NULL,
  seen_at    BIGINT NOT NULL,
  address    TEXT   NOT NULL,
  browser    TEXT   NOT NULL
);
CREATE INDEX session_expires ON session (expires_at);
CREATE INDEX session_account ON session (city_id, account_id);
-- One row a try; refused ones of one account and network are put together, and
-- tries says how many they were.
CREATE TABLE sign_in (
  id         BIGINT NOT NULL PRIMARY KEY,
  city_id    BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  name_key   BIGINT NOT NULL,
  network    TEXT   NOT NULL,
  at         BIGINT NOT NULL,
  outcome    TEXT   NOT NULL,
  tries      BIGINT NOT NULL,
  address    TEXT   NOT NULL,
  browser    TEXT   NOT NULL
);
CREATE INDEX sign_in_account ON sign_in (city_id, account_id, id);
CREATE INDEX sign_in_name ON sign_in (city_id, account_id, name_key, outcome, id);
CREATE INDEX sign_in_network ON sign_in (city_id, network, outcome, id);
