-- +goose Up
-- Where an item comes from that was given after its plan was in force: an instruction,
-- minutes, or a task given ad hoc. Each kind counts from 1 each year, without gaps.
CREATE TABLE item_order (
  city_id   BIGINT NOT NULL,
  item_id   BIGINT NOT NULL,
  kind      TEXT   NOT NULL,
  year      BIGINT NOT NULL,
  serial    BIGINT NOT NULL,
  words     TEXT   NOT NULL,
  giver     TEXT   NOT NULL,
  given_day TEXT   NOT NULL,
  PRIMARY KEY (city_id, item_id),
  UNIQUE (city_id, kind, year, serial),
  FOREIGN KEY (city_id, item_id) REFERENCES item (city_id, id)
);
