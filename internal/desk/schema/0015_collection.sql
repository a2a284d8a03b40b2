-- +goose Up
-- What is asked of units by a day. template is the read sheet with how it is read; heads
-- finds earlier collections of the same template. All of it is internal.
CREATE TABLE collection (
  city_id      BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  kind         TEXT   NOT NULL,
  title        TEXT   NOT NULL,
  words        TEXT   NOT NULL,
  due_day      TEXT   NOT NULL,
  unit_id      BIGINT NOT NULL,
  plan_id      BIGINT NOT NULL,
  item_id      BIGINT NOT NULL,
  milestone_id BIGINT NOT NULL,
  questions    TEXT   NOT NULL,
  items        TEXT   NOT NULL,
  template     TEXT   NOT NULL,
  heads        TEXT   NOT NULL,
  state        TEXT   NOT NULL,
  started_day  TEXT   NOT NULL,
  closed_day   TEXT   NOT NULL,
  extensions   TEXT   NOT NULL,
  post_id      BIGINT NOT NULL,
  PRIMARY KEY (city_id, id),
  FOREIGN KEY (city_id, unit_id) REFERENCES unit (city_id, id)
);
CREATE INDEX collection_by_state ON collection (city_id, state, id);
CREATE INDEX collection_by_milestone ON collection (city_id, milestone_id);

-- Of whom it is asked, and how far each came; revision is of the last answer that was sent.
CREATE TABLE collection_owed (
  city_id       BIGINT NOT NULL,
  collection_id BIGINT NOT NULL,
  unit_id       BIGINT NOT NULL,
  ordinal       BIGINT NOT NULL,
  own_rows      TEXT   NOT NULL,
  fields        BIGINT NOT NULL,
  standing      TEXT   NOT NULL,
  revision      BIGINT NOT NULL,
  first_day     TEXT   NOT NULL,
  sent_day      TEXT   NOT NULL,
  on_behalf     BIGINT NOT NULL,
  decided_day   TEXT   NOT NULL,
  PRIMARY KEY (city_id, collection_id, unit_id),
  FOREIGN KEY (city_id, collection_id) REFERENCES collection (city_id, id),
  FOREIGN KEY (city_id, unit_id) REFERENCES unit (city_id, id)
);
CREATE INDEX collection_owed_by_unit ON collection_owed (city_id, unit_id, collection_id);

-- What a unit gave, every revision; a draft is the one after those that were sent.
CREATE TABLE collection_answer (
  city_id       BIGINT NOT NULL,
  collection_id BIGINT NOT NULL,
  unit_id       BIGINT NOT NULL,
  revision      BIGINT NOT NULL,
  answers       TEXT   NOT NULL,
  file_hash     BYTEA  NOT NULL,
  file_name     TEXT   NOT NULL,
  file_bytes    BIGINT NOT NULL,
  on_behalf     BIGINT NOT NULL,
  standing      TEXT   NOT NULL,
  reasons       TEXT   NOT NULL,
  sent_day      TEXT   NOT NULL,
  decided_day   TEXT   NOT NULL,
  post_id       BIGINT NOT NULL,
  PRIMARY KEY (city_id, collection_id, unit_id, revision),
  FOREIGN KEY (city_id, collection_id, unit_id) REFERENCES collection_owed (city_id, collection_id, unit_id)
);
