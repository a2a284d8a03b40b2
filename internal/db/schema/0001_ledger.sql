-- +goose Up
CREATE TABLE ledger_head (
  city_id BIGINT NOT NULL PRIMARY KEY,
  seq     BIGINT NOT NULL,
  edge    BYTEA  NOT NULL,
  at      BIGINT NOT NULL,
  last_id BIGINT NOT NULL
);
CREATE TABLE ledger_entry (
  city_id BIGINT NOT NULL,
  seq     BIGINT NOT NULL,
  class   TEXT   NOT NULL,
  leaf    BYTEA  NOT NULL,
  body    BYTEA  NOT NULL,
  PRIMARY KEY (city_id, seq)
);
CREATE TABLE ledger_subject (
  city_id BIGINT NOT NULL,
  noun    TEXT   NOT NULL,
  subject BIGINT NOT NULL,
  seq     BIGINT NOT NULL,
  PRIMARY KEY (city_id, noun, subject, seq)
);
CREATE TABLE ledger_words (
  city_id BIGINT NOT NULL,
  seq     BIGINT NOT NULL,
  salt    BYTEA  NOT NULL,
  words   TEXT   NOT NULL,
  PRIMARY KEY (city_id, seq)
);
CREATE TABLE ledger_tile (
  city_id BIGINT NOT NULL,
  level   BIGINT NOT NULL,
  n       BIGINT NOT NULL,
  hashes  BYTEA  NOT NULL,
  PRIMARY KEY (city_id, level, n)
);
CREATE TABLE ledger_checkpoint (
  city_id BIGINT NOT NULL,
  size    BIGINT NOT NULL,
  note    TEXT   NOT NULL,
  PRIMARY KEY (city_id, size)
);
CREATE TABLE command (
  city_id    BIGINT NOT NULL,
  id         TEXT   NOT NULL,
  account_id BIGINT NOT NULL,
  act        TEXT   NOT NULL,
  content    BYTEA  NOT NULL,
  answer     TEXT   NOT NULL,
  PRIMARY KEY (city_id, id)
);
CREATE TABLE job (
  id      BIGINT NOT NULL PRIMARY KEY,
  city_id BIGINT NOT NULL,
  kind    TEXT   NOT NULL,
  subject BIGINT NOT NULL,
  due_at  BIGINT NOT NULL,
  tries   BIGINT NOT NULL,
  failure TEXT   NOT NULL
);
CREATE INDEX job_due ON job (due_at);
