-- +goose Up
-- A list of units that somebody gave in: how it is read, and how far it was taken over.
-- The list itself is kept as a file; what it changes is found anew whenever it is asked.
CREATE TABLE unit_import (
  city_id     BIGINT NOT NULL,
  id          BIGINT NOT NULL,
  file_hash   BYTEA  NOT NULL,
  file_name   TEXT   NOT NULL,
  heads       TEXT   NOT NULL,
  head_rows   BIGINT NOT NULL,
  read_as     TEXT   NOT NULL,
  under_id    BIGINT NOT NULL,
  from_day    TEXT   NOT NULL,
  closing     BIGINT NOT NULL,
  as_written  BIGINT NOT NULL,
  refused     TEXT   NOT NULL,
  digest      BYTEA  NOT NULL,
  state       TEXT   NOT NULL,
  counts      TEXT   NOT NULL,
  done        BIGINT NOT NULL,
  account_id  BIGINT NOT NULL,
  post_id     BIGINT NOT NULL,
  offered_day TEXT   NOT NULL,
  decided_day TEXT   NOT NULL,
  PRIMARY KEY (city_id, id),
  FOREIGN KEY (city_id, under_id) REFERENCES unit (city_id, id)
);
CREATE INDEX unit_import_by_heads ON unit_import (city_id, heads, id);
