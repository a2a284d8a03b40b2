-- +goose Up
-- One database may hold several cities: a job is named by its city and its number.
CREATE TABLE job_of_city (
  city_id BIGINT NOT NULL,
  id      BIGINT NOT NULL,
  kind    TEXT   NOT NULL,
  subject BIGINT NOT NULL,
  due_at  BIGINT NOT NULL,
  tries   BIGINT NOT NULL,
  failure TEXT   NOT NULL,
  PRIMARY KEY (city_id, id)
);
INSERT INTO job_of_city (city_id, id, kind, subject, due_at, tries, failure)
  SELECT city_id, id, kind, subject, due_at, tries, failure FROM job;
DROP TABLE job;
ALTER TABLE job_of_city RENAME TO job;
CREATE INDEX job_due ON job (city_id, due_at);
