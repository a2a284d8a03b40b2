-- +goose Up
-- How many minutes a month may be asked of any unit, each cap from a day on; 0 is none.
CREATE TABLE burden_cap (
  city_id  BIGINT NOT NULL,
  from_day TEXT   NOT NULL,
  minutes  BIGINT NOT NULL,
  post_id  BIGINT NOT NULL,
  PRIMARY KEY (city_id, from_day)
);

-- What tells how reports stand now is found without reading all of them.
CREATE INDEX report_by_period ON report (city_id, period, item_id, unit_id);
CREATE INDEX report_by_state ON report (city_id, state, standing);
CREATE INDEX report_by_standing ON report (city_id, standing);
