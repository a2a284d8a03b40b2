-- +goose Up
-- What units say of their items for a period; the newest revision counts. done goes out
-- with the item, the other words stay inside.
CREATE TABLE report (
  city_id      BIGINT NOT NULL,
  item_id      BIGINT NOT NULL,
  unit_id      BIGINT NOT NULL,
  period       TEXT   NOT NULL,
  revision     BIGINT NOT NULL,
  state        TEXT   NOT NULL,
  done         TEXT   NOT NULL,
  next_step    TEXT   NOT NULL,
  difficulty   TEXT   NOT NULL,
  need         TEXT   NOT NULL,
  need_from    TEXT   NOT NULL,
  proof        TEXT   NOT NULL,
  on_behalf    BIGINT NOT NULL,
  standing     TEXT   NOT NULL,
  reason       TEXT   NOT NULL,
  reported_day TEXT   NOT NULL,
  decided_day  TEXT   NOT NULL,
  post_id      BIGINT NOT NULL,
  PRIMARY KEY (city_id, item_id, unit_id, period, revision),
  FOREIGN KEY (city_id, item_id) REFERENCES item (city_id, id),
  FOREIGN KEY (city_id, unit_id) REFERENCES unit (city_id, id)
);
CREATE INDEX report_by_unit ON report (city_id, unit_id, item_id);
