-- +goose Up
-- How many minutes a month may be asked of any unit, each cap from a day on; 0 is none.
CREATE TABLE burden_cap (
  city_id  BIGINT NOT NULL,
  from_day TEXT   NOT NULL,
  minutes  BIGINT NOT NULL,
  post_id  BIGINT NOT NULL,
  PRIMARY KEY (city_id, from_day)
);
