-- +goose Up
-- A grid of a month that is not reported yet, as it was typed.
CREATE TABLE fact_grid_draft (
  city_id   BIGINT NOT NULL,
  unit_id   BIGINT NOT NULL,
  month     TEXT   NOT NULL,
  typed     TEXT   NOT NULL,
  saved_day TEXT   NOT NULL,
  post_id   BIGINT NOT NULL,
  PRIMARY KEY (city_id, unit_id, month),
  FOREIGN KEY (city_id, unit_id) REFERENCES unit (city_id, id)
);
-- Which claims show which file: one that shows two things is found.
CREATE TABLE fact_evidence (
  city_id BIGINT NOT NULL,
  hash    BYTEA  NOT NULL,
  fact_id BIGINT NOT NULL,
  PRIMARY KEY (city_id, hash, fact_id)
);
