-- +goose Up
-- What units say of milestones: that they were reached, and what shows it. What is
-- confirmed goes out with the item; proof and reason stay inside.
CREATE TABLE milestone_reached (
  city_id      BIGINT NOT NULL,
  milestone_id BIGINT NOT NULL,
  revision     BIGINT NOT NULL,
  item_id      BIGINT NOT NULL,
  unit_id      BIGINT NOT NULL,
  reached_day  TEXT   NOT NULL,
  proof        TEXT   NOT NULL,
  on_behalf    BIGINT NOT NULL,
  standing     TEXT   NOT NULL,
  reason       TEXT   NOT NULL,
  said_day     TEXT   NOT NULL,
  decided_day  TEXT   NOT NULL,
  confirmed_day TEXT  NOT NULL,
  post_id      BIGINT NOT NULL,
  PRIMARY KEY (city_id, milestone_id, revision),
  FOREIGN KEY (city_id, item_id) REFERENCES item (city_id, id),
  FOREIGN KEY (city_id, unit_id) REFERENCES unit (city_id, id)
);
CREATE INDEX milestone_reached_by_item ON milestone_reached (city_id, item_id);
-- Whether the reports of a unit wait for its head (审签).
CREATE TABLE unit_signing (
  city_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  wanted  BIGINT NOT NULL,
  set_day TEXT   NOT NULL,
  post_id BIGINT NOT NULL,
  PRIMARY KEY (city_id, unit_id),
  FOREIGN KEY (city_id, unit_id) REFERENCES unit (city_id, id)
);
-- What was typed and is no report yet: kept for later, waiting for the head of the unit,
-- or given back by them. unit_id is the unit that reports, owner_id the one that has the item.
CREATE TABLE report_draft (
  city_id  BIGINT NOT NULL,
  unit_id  BIGINT NOT NULL,
  item_id  BIGINT NOT NULL,
  owner_id BIGINT NOT NULL,
  period   TEXT   NOT NULL,
  told     TEXT   NOT NULL,
  state    TEXT   NOT NULL,
  reason   TEXT   NOT NULL,
  said_day TEXT   NOT NULL,
  post_id  BIGINT NOT NULL,
  PRIMARY KEY (city_id, unit_id, item_id, owner_id, period),
  FOREIGN KEY (city_id, item_id) REFERENCES item (city_id, id),
  FOREIGN KEY (city_id, unit_id) REFERENCES unit (city_id, id)
);
CREATE INDEX report_draft_by_item ON report_draft (city_id, item_id);
-- Files that belong to the report of a period, by the hash of their content.
CREATE TABLE report_file (
  city_id      BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  item_id      BIGINT NOT NULL,
  unit_id      BIGINT NOT NULL,
  period       TEXT   NOT NULL,
  name         TEXT   NOT NULL,
  content_hash BYTEA  NOT NULL,
  size         BIGINT NOT NULL,
  added_day    TEXT   NOT NULL,
  removed_day  TEXT   NOT NULL,
  post_id      BIGINT NOT NULL,
  PRIMARY KEY (city_id, id),
  FOREIGN KEY (city_id, item_id) REFERENCES item (city_id, id),
  FOREIGN KEY (city_id, unit_id) REFERENCES unit (city_id, id)
);
CREATE INDEX report_file_by_item ON report_file (city_id, item_id, unit_id);
-- Since when an item is reported as often as it is, where the office changed that.
CREATE TABLE item_reporting (
  city_id BIGINT NOT NULL,
  item_id BIGINT NOT NULL,
  set_day TEXT   NOT NULL,
  post_id BIGINT NOT NULL,
  PRIMARY KEY (city_id, item_id),
  FOREIGN KEY (city_id, item_id) REFERENCES item (city_id, id)
);
