-- +goose Up
-- A link that was used is kept until the next of its account, so that whoever
-- comes with it once more is told so.
ALTER TABLE sign_in_link ADD COLUMN used_at BIGINT;
CREATE INDEX sign_in_link_account ON sign_in_link (city_id, account_id);
-- Sessions that a PIN opened end sooner; NULL, as in used_at, is 0: an older version wrote it.
ALTER TABLE session ADD COLUMN by_pin BIGINT;
-- A phone on which accounts have a PIN: one row for each of them.
CREATE TABLE device (
  city_id    BIGINT NOT NULL,
  key_hash   BYTEA  NOT NULL,
  account_id BIGINT NOT NULL,
  pin_hash   TEXT   NOT NULL,
  wrong      BIGINT NOT NULL,
  browser    TEXT   NOT NULL,
  made_at    BIGINT NOT NULL,
  used_at    BIGINT NOT NULL,
  PRIMARY KEY (city_id, key_hash, account_id)
);
CREATE INDEX device_account ON device (city_id, account_id);
-- When an account last signed in. The log of sign-ins knows it too, but has a
-- million rows to look through.
CREATE TABLE account_seen (
  city_id    BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  seen_at    BIGINT NOT NULL,
  PRIMARY KEY (city_id, account_id)
);
INSERT INTO account_seen (city_id, account_id, seen_at)
  SELECT city_id, account_id, MAX(at) FROM sign_in WHERE outcome IN ('right', 'link', 'changed') GROUP BY city_id, account_id;
