-- +goose Up
-- What an instruction was about, and which post wrote it where that was done here.
CREATE TABLE order_about (
  city_id  BIGINT NOT NULL,
  item_id  BIGINT NOT NULL,
  about_id BIGINT NOT NULL,
  post_id  BIGINT NOT NULL,
  PRIMARY KEY (city_id, item_id),
  FOREIGN KEY (city_id, item_id) REFERENCES item (city_id, id)
);
-- What units answered to orders, and what was said to that: accepted, or asked once more.
CREATE TABLE order_answer (
  city_id      BIGINT NOT NULL,
  item_id      BIGINT NOT NULL,
  ordinal      BIGINT NOT NULL,
  unit_id      BIGINT NOT NULL,
  words        TEXT   NOT NULL,
  answered_day TEXT   NOT NULL,
  post_id      BIGINT NOT NULL,
  standing     TEXT   NOT NULL,
  reason       TEXT   NOT NULL,
  decided_day  TEXT   NOT NULL,
  decided_post BIGINT NOT NULL,
  PRIMARY KEY (city_id, item_id, ordinal),
  FOREIGN KEY (city_id, item_id) REFERENCES item (city_id, id)
);
