-- +goose Up
-- The thresholds by which a city lights its lamps.
CREATE TABLE lamp_rule (
  city_id   BIGINT NOT NULL,
  preset    TEXT   NOT NULL,
  near_days BIGINT NOT NULL,
  working   BIGINT NOT NULL,
  blue      BIGINT NOT NULL,
  behind    BIGINT NOT NULL,
  set_day   TEXT   NOT NULL,
  post_id   BIGINT NOT NULL,
  PRIMARY KEY (city_id)
);
-- Lamps that were set by hand, the last of each item and unit; unit_id is 0 for the whole item.
CREATE TABLE lamp_hand (
  city_id   BIGINT NOT NULL,
  item_id   BIGINT NOT NULL,
  unit_id   BIGINT NOT NULL,
  lamp      TEXT   NOT NULL,
  reason    TEXT   NOT NULL,
  was       TEXT   NOT NULL,
  set_day   TEXT   NOT NULL,
  until_day TEXT   NOT NULL,
  ended_day TEXT   NOT NULL,
  post_id   BIGINT NOT NULL,
  PRIMARY KEY (city_id, item_id, unit_id),
  FOREIGN KEY (city_id, item_id) REFERENCES item (city_id, id)
);
-- What each unit said last of each item, so that a lamp needs one row and not all reports.
CREATE TABLE report_last (
  city_id      BIGINT NOT NULL,
  item_id      BIGINT NOT NULL,
  unit_id      BIGINT NOT NULL,
  period       TEXT   NOT NULL,
  revision     BIGINT NOT NULL,
  state        TEXT   NOT NULL,
  standing     TEXT   NOT NULL,
  reported_day TEXT   NOT NULL,
  decided_day  TEXT   NOT NULL,
  PRIMARY KEY (city_id, item_id, unit_id),
  FOREIGN KEY (city_id, item_id) REFERENCES item (city_id, id)
);
INSERT INTO report_last (city_id, item_id, unit_id, period, revision, state, standing, reported_day, decided_day)
SELECT r.city_id, r.item_id, r.unit_id, r.period, r.revision, r.state, r.standing, r.reported_day, r.decided_day FROM report r
WHERE NOT EXISTS (SELECT 1 FROM report n WHERE n.city_id = r.city_id AND n.item_id = r.item_id AND n.unit_id = r.unit_id
  AND (n.period > r.period OR (n.period = r.period AND n.revision > r.revision)));
