-- +goose Up
-- What the office writes for the summary of a period before it is issued: its own
-- introduction, and shorter words for those of a unit, whose own stay in report.
CREATE TABLE summary_draft (
  city_id      BIGINT NOT NULL,
  plan_id      BIGINT NOT NULL,
  period       TEXT   NOT NULL,
  introduction TEXT   NOT NULL,
  post_id      BIGINT NOT NULL,
  PRIMARY KEY (city_id, plan_id, period),
  FOREIGN KEY (city_id, plan_id) REFERENCES plan (city_id, id)
);
CREATE TABLE summary_words (
  city_id    BIGINT NOT NULL,
  item_id    BIGINT NOT NULL,
  unit_id    BIGINT NOT NULL,
  period     TEXT   NOT NULL,
  revision   BIGINT NOT NULL,
  done       TEXT   NOT NULL,
  next_step  TEXT   NOT NULL,
  difficulty TEXT   NOT NULL,
  need       TEXT   NOT NULL,
  post_id    BIGINT NOT NULL,
  PRIMARY KEY (city_id, item_id, unit_id, period),
  FOREIGN KEY (city_id, item_id) REFERENCES item (city_id, id),
  FOREIGN KEY (city_id, unit_id) REFERENCES unit (city_id, id)
);
-- An edition is what was issued, word for word; digest is that of its content and stands
-- in the ledger. kind is how often it appears.
CREATE TABLE summary_edition (
  city_id     BIGINT NOT NULL,
  id          BIGINT NOT NULL,
  plan_id     BIGINT NOT NULL,
  kind        TEXT   NOT NULL,
  year        BIGINT NOT NULL,
  serial      BIGINT NOT NULL,
  period      TEXT   NOT NULL,
  content     TEXT   NOT NULL,
  digest      BYTEA  NOT NULL,
  issued_day  TEXT   NOT NULL,
  post_id     BIGINT NOT NULL,
  PRIMARY KEY (city_id, id),
  UNIQUE (city_id, plan_id, kind, year, serial),
  FOREIGN KEY (city_id, plan_id) REFERENCES plan (city_id, id)
);
