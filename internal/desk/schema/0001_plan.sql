-- +goose Up
CREATE TABLE city (
  city_id BIGINT NOT NULL PRIMARY KEY,
  name    TEXT   NOT NULL,
  bureau  TEXT   NOT NULL,
  phone   TEXT   NOT NULL,
  address TEXT   NOT NULL,
  sample  BIGINT NOT NULL
);
CREATE TABLE unit (
  city_id   BIGINT NOT NULL,
  id        BIGINT NOT NULL,
  parent_id BIGINT NOT NULL,
  level     TEXT   NOT NULL,
  name      TEXT   NOT NULL,
  code      TEXT   NOT NULL,
  from_day  TEXT   NOT NULL,
  to_day    TEXT   NOT NULL,
  PRIMARY KEY (city_id, id),
  UNIQUE (city_id, parent_id, name)
);
CREATE INDEX unit_by_name ON unit (city_id, name);
CREATE TABLE post (
  city_id BIGINT NOT NULL,
  id      BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  title   TEXT   NOT NULL,
  roles   TEXT   NOT NULL,
  PRIMARY KEY (city_id, id),
  FOREIGN KEY (city_id, unit_id) REFERENCES unit (city_id, id)
);
CREATE TABLE account (
  city_id BIGINT NOT NULL,
  id      BIGINT NOT NULL,
  post_id BIGINT NOT NULL,
  name    TEXT   NOT NULL,
  state   TEXT   NOT NULL,
  PRIMARY KEY (city_id, id),
  FOREIGN KEY (city_id, post_id) REFERENCES post (city_id, id)
);
CREATE TABLE document (
  city_id       BIGINT NOT NULL,
  id            BIGINT NOT NULL,
  text          TEXT   NOT NULL,
  text_hash     BYTEA  NOT NULL,
  runes         BIGINT NOT NULL,
  file_name     TEXT   NOT NULL,
  original_hash BYTEA  NOT NULL,
  imported_at   BIGINT NOT NULL,
  imported_by   BIGINT NOT NULL,
  PRIMARY KEY (city_id, id)
);
CREATE TABLE node (
  city_id     BIGINT NOT NULL,
  document_id BIGINT NOT NULL,
  ordinal     BIGINT NOT NULL,
  level       BIGINT NOT NULL,
  number      TEXT   NOT NULL,
  title       TEXT   NOT NULL,
  parent      BIGINT NOT NULL,
  span        TEXT   NOT NULL,
  PRIMARY KEY (city_id, document_id, ordinal),
  FOREIGN KEY (city_id, document_id) REFERENCES document (city_id, id)
);
CREATE TABLE plan (
  city_id       BIGINT NOT NULL,
  id            BIGINT NOT NULL,
  document_id   BIGINT NOT NULL,
  title         TEXT   NOT NULL,
  issuer        TEXT   NOT NULL,
  number        TEXT   NOT NULL,
  state         TEXT   NOT NULL,
  released      BIGINT NOT NULL,
  force_day     TEXT   NOT NULL,
  published_day TEXT   NOT NULL,
  closed_day    TEXT   NOT NULL,
  approved_by   TEXT   NOT NULL,
  taken_by      BIGINT NOT NULL,
  PRIMARY KEY (city_id, id),
  FOREIGN KEY (city_id, document_id) REFERENCES document (city_id, id)
);
CREATE TABLE phase (
  city_id   BIGINT NOT NULL,
  plan_id   BIGINT NOT NULL,
  ordinal   BIGINT NOT NULL,
  node      BIGINT NOT NULL,
  name      TEXT   NOT NULL,
  first_day TEXT   NOT NULL,
  last_day  TEXT   NOT NULL,
  span      TEXT   NOT NULL,
  PRIMARY KEY (city_id, plan_id, ordinal),
  FOREIGN KEY (city_id, plan_id) REFERENCES plan (city_id, id)
);
CREATE TABLE item (
  city_id     BIGINT NOT NULL,
  id          BIGINT NOT NULL,
  title       TEXT   NOT NULL,
  lead        TEXT   NOT NULL,
  cooperating TEXT   NOT NULL,
  responsible TEXT   NOT NULL,
  period      TEXT   NOT NULL,
  project     BIGINT NOT NULL,
  released    BIGINT NOT NULL,
  PRIMARY KEY (city_id, id)
);
CREATE TABLE plan_item (
  city_id     BIGINT NOT NULL,
  plan_id     BIGINT NOT NULL,
  item_id     BIGINT NOT NULL,
  document_id BIGINT NOT NULL,
  node        BIGINT NOT NULL,
  ordinal     BIGINT NOT NULL,
  PRIMARY KEY (city_id, plan_id, item_id),
  FOREIGN KEY (city_id, plan_id) REFERENCES plan (city_id, id),
  FOREIGN KEY (city_id, item_id) REFERENCES item (city_id, id)
);
CREATE INDEX plan_item_of_item ON plan_item (city_id, item_id, plan_id);
CREATE TABLE target (
  city_id     BIGINT NOT NULL,
  id          BIGINT NOT NULL,
  revision    BIGINT NOT NULL,
  item_id     BIGINT NOT NULL,
  quote       TEXT   NOT NULL,
  indicator   TEXT   NOT NULL,
  bound       TEXT   NOT NULL,
  value       BIGINT NOT NULL,
  max_value   BIGINT,
  start_value BIGINT,
  unit        TEXT   NOT NULL,
  scope       TEXT   NOT NULL,
  period      TEXT   NOT NULL,
  start_day   TEXT   NOT NULL,
  deadline    TEXT   NOT NULL,
  hardness    TEXT   NOT NULL,
  aggregate   TEXT   NOT NULL,
  direction   TEXT   NOT NULL,
  span        TEXT   NOT NULL,
  flags       TEXT   NOT NULL,
  derived     TEXT   NOT NULL,
  PRIMARY KEY (city_id, id, revision),
  FOREIGN KEY (city_id, item_id) REFERENCES item (city_id, id)
);
CREATE INDEX target_of_item ON target (city_id, item_id);
CREATE TABLE milestone (
  city_id  BIGINT NOT NULL,
  id       BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  item_id  BIGINT NOT NULL,
  title    TEXT   NOT NULL,
  due      TEXT   NOT NULL,
  hardness TEXT   NOT NULL,
  proof    TEXT   NOT NULL,
  span     TEXT   NOT NULL,
  flags    TEXT   NOT NULL,
  derived  TEXT   NOT NULL,
  PRIMARY KEY (city_id, id, revision),
  FOREIGN KEY (city_id, item_id) REFERENCES item (city_id, id)
);
CREATE INDEX milestone_of_item ON milestone (city_id, item_id);
CREATE TABLE question (
  city_id      BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  plan_id      BIGINT NOT NULL,
  ordinal      BIGINT NOT NULL,
  kind         TEXT   NOT NULL,
  pattern      TEXT   NOT NULL,
  args         TEXT   NOT NULL,
  choices      TEXT   NOT NULL,
  span         TEXT   NOT NULL,
  item_id      BIGINT NOT NULL,
  target_id    BIGINT NOT NULL,
  milestone_id BIGINT NOT NULL,
  state        TEXT   NOT NULL,
  chosen       BIGINT NOT NULL,
  words        TEXT   NOT NULL,
  as_read      TEXT   NOT NULL,
  answered_by  BIGINT NOT NULL,
  PRIMARY KEY (city_id, id),
  FOREIGN KEY (city_id, plan_id) REFERENCES plan (city_id, id)
);
CREATE INDEX question_of_plan ON question (city_id, plan_id, ordinal);
