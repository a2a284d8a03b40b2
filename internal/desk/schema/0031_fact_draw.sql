-- +goose Up
-- A draw (抽查) among the facts of a month of a unit and those below it. The secret is
-- sealed until it is revealed; docs/draw.md has the rule.
CREATE TABLE fact_draw (
  city_id       BIGINT NOT NULL,
  id            BIGINT NOT NULL,
  unit_id       BIGINT NOT NULL,
  month         TEXT   NOT NULL,
  commitment    BYTEA  NOT NULL,
  committed_seq BIGINT NOT NULL,
  committed_at  BIGINT NOT NULL,
  source        TEXT   NOT NULL,
  not_before    BIGINT NOT NULL,
  drawn         BIGINT NOT NULL,
  each_least    BIGINT NOT NULL,
  root          BYTEA,
  frozen_seq    BIGINT NOT NULL,
  frozen_at     BIGINT NOT NULL,
  revealed_seq  BIGINT NOT NULL,
  revealed_at   BIGINT NOT NULL,
  seed          BYTEA,
  randomness    TEXT   NOT NULL,
  post_id       BIGINT NOT NULL,
  PRIMARY KEY (city_id, id),
  FOREIGN KEY (city_id, unit_id) REFERENCES unit (city_id, id)
);
CREATE INDEX fact_draw_of_month ON fact_draw (city_id, month, unit_id);
CREATE TABLE fact_draw_secret (
  city_id BIGINT NOT NULL,
  draw_id BIGINT NOT NULL,
  sealed  BYTEA  NOT NULL,
  PRIMARY KEY (city_id, draw_id)
);
-- The list as it was frozen; place is where in the order of the draw a fact was drawn, else 0.
CREATE TABLE fact_draw_entry (
  city_id BIGINT NOT NULL,
  draw_id BIGINT NOT NULL,
  fact_id BIGINT NOT NULL,
  stratum TEXT   NOT NULL,
  place   BIGINT NOT NULL,
  PRIMARY KEY (city_id, draw_id, fact_id),
  FOREIGN KEY (city_id, draw_id) REFERENCES fact_draw (city_id, id)
);
