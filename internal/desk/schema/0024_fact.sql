-- +goose Up
-- What is counted and how; numerator and divisor of a rate, which nobody reports.
CREATE TABLE indicator (
  city_id      BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  name         TEXT   NOT NULL,
  measure      TEXT   NOT NULL,
  definition   TEXT   NOT NULL,
  aggregation  TEXT   NOT NULL,
  direction    TEXT   NOT NULL,
  class_wanted TEXT   NOT NULL,
  subjects     TEXT   NOT NULL,
  numerator_id BIGINT NOT NULL,
  divisor_id   BIGINT NOT NULL,
  released     BIGINT NOT NULL,
  opened_day   TEXT   NOT NULL,
  post_id      BIGINT NOT NULL,
  PRIMARY KEY (city_id, id)
);
-- A target made countable: what it promises stands in the target.
CREATE TABLE goal (
  city_id      BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  target_id    BIGINT NOT NULL,
  item_id      BIGINT NOT NULL,
  indicator_id BIGINT NOT NULL,
  from_day     TEXT   NOT NULL,
  to_day       TEXT   NOT NULL,
  set_day      TEXT   NOT NULL,
  post_id      BIGINT NOT NULL,
  PRIMARY KEY (city_id, id),
  FOREIGN KEY (city_id, item_id) REFERENCES item (city_id, id),
  FOREIGN KEY (city_id, indicator_id) REFERENCES indicator (city_id, id)
);
CREATE INDEX goal_of_item ON goal (city_id, item_id);
-- What of a goal a unit takes on, as the unit above it parted its own share; the last revision stands.
CREATE TABLE goal_share (
  city_id    BIGINT NOT NULL,
  goal_id    BIGINT NOT NULL,
  above_id   BIGINT NOT NULL,
  revision   BIGINT NOT NULL,
  unit_id    BIGINT NOT NULL,
  value      BIGINT NOT NULL,
  issued_day TEXT   NOT NULL,
  post_id    BIGINT NOT NULL,
  PRIMARY KEY (city_id, goal_id, above_id, revision, unit_id),
  FOREIGN KEY (city_id, goal_id) REFERENCES goal (city_id, id),
  FOREIGN KEY (city_id, unit_id) REFERENCES unit (city_id, id)
);
CREATE INDEX goal_share_of_unit ON goal_share (city_id, unit_id, goal_id);
-- A parting that is not handed down yet, as it was typed.
CREATE TABLE goal_share_draft (
  city_id   BIGINT NOT NULL,
  goal_id   BIGINT NOT NULL,
  above_id  BIGINT NOT NULL,
  typed     TEXT   NOT NULL,
  saved_day TEXT   NOT NULL,
  post_id   BIGINT NOT NULL,
  PRIMARY KEY (city_id, goal_id, above_id),
  FOREIGN KEY (city_id, goal_id) REFERENCES goal (city_id, id)
);
-- What happened. Rows are only added: a correction, return, withdrawal or check is a row of
-- its own that names in corrects the row which it is about; state, class and next_id of that
-- row follow from it.
CREATE TABLE fact (
  city_id       BIGINT NOT NULL,
  id            BIGINT NOT NULL,
  indicator_id  BIGINT NOT NULL,
  unit_id       BIGINT NOT NULL,
  place_id      BIGINT NOT NULL,
  day           TEXT   NOT NULL,
  instant       BIGINT NOT NULL,
  quantity      BIGINT NOT NULL,
  subject       TEXT   NOT NULL,
  kind          TEXT   NOT NULL,
  state         TEXT   NOT NULL,
  class         TEXT   NOT NULL,
  corrects      BIGINT NOT NULL,
  next_id       BIGINT NOT NULL,
  source        TEXT   NOT NULL,
  on_behalf     BIGINT NOT NULL,
  note          TEXT   NOT NULL,
  evidence_hash BYTEA,
  post_id       BIGINT NOT NULL,
  PRIMARY KEY (city_id, id),
  FOREIGN KEY (city_id, indicator_id) REFERENCES indicator (city_id, id)
);
CREATE INDEX fact_of_unit ON fact (city_id, unit_id, indicator_id, day);
-- The claims of persons and things that stand, to count each once; the subject is empty where
-- an opening balance names nobody.
CREATE TABLE fact_subject (
  city_id      BIGINT NOT NULL,
  indicator_id BIGINT NOT NULL,
  subject      TEXT   NOT NULL,
  fact_id      BIGINT NOT NULL,
  unit_id      BIGINT NOT NULL,
  day          TEXT   NOT NULL,
  quantity     BIGINT NOT NULL,
  counted      BIGINT NOT NULL,
  PRIMARY KEY (city_id, indicator_id, subject, fact_id)
);
-- The names of persons, sealed; fact.subject holds the number as a pseudonym.
CREATE TABLE fact_person (
  city_id BIGINT NOT NULL,
  id      BIGINT NOT NULL,
  sealed  BYTEA  NOT NULL,
  PRIMARY KEY (city_id, id)
);
-- Two rows a fact: of the unit that reported, and of its township on that day.
CREATE TABLE fact_month (
  city_id      BIGINT NOT NULL,
  indicator_id BIGINT NOT NULL,
  tier         BIGINT NOT NULL,
  month        TEXT   NOT NULL,
  unit_id      BIGINT NOT NULL,
  above_id     BIGINT NOT NULL,
  reported     BIGINT NOT NULL,
  counted      BIGINT NOT NULL,
  facts        BIGINT NOT NULL,
  checked      BIGINT NOT NULL,
  PRIMARY KEY (city_id, indicator_id, tier, month, unit_id, above_id)
);
CREATE INDEX fact_month_of_unit ON fact_month (city_id, unit_id, indicator_id, month);
-- Months that a unit closed (月结).
CREATE TABLE fact_close (
  city_id    BIGINT NOT NULL,
  unit_id    BIGINT NOT NULL,
  month      TEXT   NOT NULL,
  facts      BIGINT NOT NULL,
  closed_day TEXT   NOT NULL,
  instant    BIGINT NOT NULL,
  post_id    BIGINT NOT NULL,
  PRIMARY KEY (city_id, unit_id, month),
  FOREIGN KEY (city_id, unit_id) REFERENCES unit (city_id, id)
);
