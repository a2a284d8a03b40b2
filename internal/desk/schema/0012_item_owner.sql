-- +goose Up
-- Which units answer for an item, what they said to it, and what the office said to that.
-- said are the words of the document when it was assigned; post_id is 0 where nobody is named.
CREATE TABLE item_owner (
  city_id       BIGINT NOT NULL,
  item_id       BIGINT NOT NULL,
  unit_id       BIGINT NOT NULL,
  duty          TEXT   NOT NULL,
  post_id       BIGINT NOT NULL,
  state         TEXT   NOT NULL,
  reason        TEXT   NOT NULL,
  reply         TEXT   NOT NULL,
  said          TEXT   NOT NULL,
  set_day       TEXT   NOT NULL,
  answered_day  TEXT   NOT NULL,
  answered_post BIGINT NOT NULL,
  PRIMARY KEY (city_id, item_id, unit_id),
  FOREIGN KEY (city_id, item_id) REFERENCES item (city_id, id),
  FOREIGN KEY (city_id, unit_id) REFERENCES unit (city_id, id)
);
CREATE INDEX item_owner_by_unit ON item_owner (city_id, unit_id, item_id);
