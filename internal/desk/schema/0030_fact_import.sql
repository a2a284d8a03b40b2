-- +goose Up
-- A sheet of facts (台账) that somebody gave in: how it is read, and how far it was taken
-- over. Sheet and rows that are being taken over are kept as files.
CREATE TABLE fact_import (
  city_id     BIGINT NOT NULL,
  id          BIGINT NOT NULL,
  file_hash   BYTEA  NOT NULL,
  file_name   TEXT   NOT NULL,
  unit_id     BIGINT NOT NULL,
  read_as     TEXT   NOT NULL,
  state       TEXT   NOT NULL,
  digest      TEXT   NOT NULL,
  rows_hash   BYTEA,
  counts      TEXT   NOT NULL,
  done        BIGINT NOT NULL,
  account_id  BIGINT NOT NULL,
  post_id     BIGINT NOT NULL,
  offered_day TEXT   NOT NULL,
  decided_day TEXT   NOT NULL,
  PRIMARY KEY (city_id, id),
  FOREIGN KEY (city_id, unit_id) REFERENCES unit (city_id, id)
);
CREATE INDEX fact_import_of_unit ON fact_import (city_id, unit_id, id);
-- What the columns of a kind of sheet say, put right once by a unit.
CREATE TABLE fact_sheet_map (
  city_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  heads   TEXT   NOT NULL,
  kept    TEXT   NOT NULL,
  set_day TEXT   NOT NULL,
  post_id BIGINT NOT NULL,
  PRIMARY KEY (city_id, unit_id, heads)
);
