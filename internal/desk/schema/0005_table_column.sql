-- +goose Up
-- Which columns of the task table somebody wants, and in which order: their names as
-- a list in JSON.
CREATE TABLE table_column (
  city_id    BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  shown      TEXT   NOT NULL,
  PRIMARY KEY (city_id, account_id)
);
