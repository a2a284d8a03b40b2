-- +goose Up
-- Units are valid in time: unit holds the last version of each, unit_past what it was
-- before. Two units of one name may have stood under one parent one after the other, so
-- that pair is no key any more. The three tables are written anew, children going first.
CREATE TABLE unit_copy (
  city_id   BIGINT NOT NULL,
  id        BIGINT NOT NULL,
  parent_id BIGINT NOT NULL,
  level     TEXT   NOT NULL,
  name      TEXT   NOT NULL,
  code      TEXT   NOT NULL,
  from_day  TEXT   NOT NULL,
  to_day    TEXT   NOT NULL,
  PRIMARY KEY (city_id, id)
);
CREATE TABLE post_copy (
  city_id BIGINT NOT NULL,
  id      BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  title   TEXT   NOT NULL,
  roles   TEXT   NOT NULL,
  PRIMARY KEY (city_id, id)
);
CREATE TABLE account_copy (
  city_id      BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  post_id      BIGINT NOT NULL,
  name         TEXT   NOT NULL,
  state        TEXT   NOT NULL,
  sealed_name  BYTEA,
  sealed_phone BYTEA,
  PRIMARY KEY (city_id, id)
);
INSERT INTO unit_copy SELECT city_id, id, parent_id, level, name, code, from_day, to_day FROM unit;
INSERT INTO post_copy SELECT city_id, id, unit_id, title, roles FROM post;
INSERT INTO account_copy SELECT city_id, id, post_id, name, state, sealed_name, sealed_phone FROM account;
DROP TABLE account;
DROP TABLE post;
DROP TABLE unit;
CREATE TABLE unit (
  city_id      BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  parent_id    BIGINT NOT NULL,
  level        TEXT   NOT NULL,
  name         TEXT   NOT NULL,
  code         TEXT   NOT NULL,
  from_day     TEXT   NOT NULL,
  to_day       TEXT   NOT NULL,
  working_body TEXT   NOT NULL,
  contact      TEXT   NOT NULL,
  PRIMARY KEY (city_id, id)
);
CREATE INDEX unit_by_name ON unit (city_id, name);
CREATE INDEX unit_by_parent ON unit (city_id, parent_id, id);
CREATE INDEX unit_by_level ON unit (city_id, level, id);
CREATE TABLE unit_past (
  city_id   BIGINT NOT NULL,
  unit_id   BIGINT NOT NULL,
  from_day  TEXT   NOT NULL,
  to_day    TEXT   NOT NULL,
  parent_id BIGINT NOT NULL,
  level     TEXT   NOT NULL,
  name      TEXT   NOT NULL,
  code      TEXT   NOT NULL,
  PRIMARY KEY (city_id, unit_id, from_day),
  FOREIGN KEY (city_id, unit_id) REFERENCES unit (city_id, id)
);
CREATE INDEX unit_past_by_parent ON unit_past (city_id, parent_id, unit_id);
-- Who goes on with what a unit did that ended or was split, from which day on.
CREATE TABLE unit_successor (
  city_id      BIGINT NOT NULL,
  unit_id      BIGINT NOT NULL,
  successor_id BIGINT NOT NULL,
  from_day     TEXT   NOT NULL,
  PRIMARY KEY (city_id, unit_id, successor_id),
  FOREIGN KEY (city_id, unit_id) REFERENCES unit (city_id, id),
  FOREIGN KEY (city_id, successor_id) REFERENCES unit (city_id, id)
);
CREATE TABLE post (
  city_id BIGINT NOT NULL,
  id      BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  title   TEXT   NOT NULL,
  roles   TEXT   NOT NULL,
  to_day  TEXT   NOT NULL,
  PRIMARY KEY (city_id, id),
  FOREIGN KEY (city_id, unit_id) REFERENCES unit (city_id, id)
);
CREATE INDEX post_by_unit ON post (city_id, unit_id, id);
CREATE TABLE account (
  city_id      BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  post_id      BIGINT NOT NULL,
  name         TEXT   NOT NULL,
  state        TEXT   NOT NULL,
  sealed_name  BYTEA,
  sealed_phone BYTEA,
  PRIMARY KEY (city_id, id),
  FOREIGN KEY (city_id, post_id) REFERENCES post (city_id, id)
);
-- From which day to which day an account fills a post: as its holder, or standing in.
CREATE TABLE term (
  city_id    BIGINT NOT NULL,
  id         BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  post_id    BIGINT NOT NULL,
  kind       TEXT   NOT NULL,
  from_day   TEXT   NOT NULL,
  to_day     TEXT   NOT NULL,
  PRIMARY KEY (city_id, id),
  FOREIGN KEY (city_id, account_id) REFERENCES account (city_id, id),
  FOREIGN KEY (city_id, post_id) REFERENCES post (city_id, id)
);
CREATE INDEX term_by_account ON term (city_id, account_id, id);
CREATE INDEX term_by_post ON term (city_id, post_id, id);
-- A group of posts that leads a plan or the whole work, with its members by post.
CREATE TABLE leading_group (
  city_id   BIGINT NOT NULL,
  id        BIGINT NOT NULL,
  name      TEXT   NOT NULL,
  office_id BIGINT NOT NULL,
  from_day  TEXT   NOT NULL,
  to_day    TEXT   NOT NULL,
  PRIMARY KEY (city_id, id),
  FOREIGN KEY (city_id, office_id) REFERENCES unit (city_id, id)
);
CREATE TABLE leading_group_member (
  city_id  BIGINT NOT NULL,
  group_id BIGINT NOT NULL,
  post_id  BIGINT NOT NULL,
  place    TEXT   NOT NULL,
  ordinal  BIGINT NOT NULL,
  PRIMARY KEY (city_id, group_id, post_id),
  FOREIGN KEY (city_id, group_id) REFERENCES leading_group (city_id, id),
  FOREIGN KEY (city_id, post_id) REFERENCES post (city_id, id)
);
INSERT INTO unit (city_id, id, parent_id, level, name, code, from_day, to_day, working_body, contact)
  SELECT city_id, id, parent_id, level, name, code, from_day, to_day, '', '' FROM unit_copy;
INSERT INTO post (city_id, id, unit_id, title, roles, to_day) SELECT city_id, id, unit_id, title, roles, '' FROM post_copy;
INSERT INTO account (city_id, id, post_id, name, state, sealed_name, sealed_phone)
  SELECT city_id, id, post_id, name, state, sealed_name, sealed_phone FROM account_copy;
-- Until now an account had its one post from when it was opened; since when, the ledger tells.
INSERT INTO term (city_id, id, account_id, post_id, kind, from_day, to_day)
  SELECT city_id, id, id, post_id, 'holder', '', '' FROM account_copy;
DROP TABLE account_copy;
DROP TABLE post_copy;
DROP TABLE unit_copy;
