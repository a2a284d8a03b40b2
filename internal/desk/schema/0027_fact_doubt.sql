-- +goose Up
-- What somebody without an account says against a fact: 「没有来过」. Nothing tells who it was.
CREATE TABLE fact_doubt (
  city_id  BIGINT NOT NULL,
  id       BIGINT NOT NULL,
  fact_id  BIGINT NOT NULL,
  said_day TEXT   NOT NULL,
  words    TEXT   NOT NULL,
  PRIMARY KEY (city_id, id),
  FOREIGN KEY (city_id, fact_id) REFERENCES fact (city_id, id)
);
CREATE INDEX fact_doubt_of_fact ON fact_doubt (city_id, fact_id);
