-- +goose Up
-- On which day something was taken back that had been public: NULL or empty where it
-- was not. Its address then says so.
ALTER TABLE plan ADD COLUMN withdrawn_day TEXT;

ALTER TABLE item ADD COLUMN withdrawn_day TEXT;

-- Which words of a plan stay inside, as JSON. NULL: nothing was ever decided about it.
-- What an older version made public went out with all its words. So that its pages stay
-- as they were, names and telephone numbers of a plan that is public and holds NULL
-- here count as released, until somebody takes them back; its original file does not,
-- because it was never handed out. Its items keep their column released.
ALTER TABLE plan ADD COLUMN keeping TEXT;

-- Which kinds of fields of a plan were made public or taken back, as it stands.
CREATE TABLE plan_field (
  city_id  BIGINT NOT NULL,
  plan_id  BIGINT NOT NULL,
  kind     TEXT   NOT NULL,
  released BIGINT NOT NULL,
  set_day  TEXT   NOT NULL,
  PRIMARY KEY (city_id, plan_id, kind),
  FOREIGN KEY (city_id, plan_id) REFERENCES plan (city_id, id)
);

-- Every act of making public or taking back, with who looked it over or why.
CREATE TABLE plan_release (
  city_id       BIGINT NOT NULL,
  plan_id       BIGINT NOT NULL,
  ordinal       BIGINT NOT NULL,
  act           TEXT   NOT NULL,
  done_day      TEXT   NOT NULL,
  post_id       BIGINT NOT NULL,
  items         BIGINT NOT NULL,
  kinds         TEXT   NOT NULL,
  review_by     TEXT   NOT NULL,
  review_day    TEXT   NOT NULL,
  review_result TEXT   NOT NULL,
  why           TEXT   NOT NULL,
  PRIMARY KEY (city_id, plan_id, ordinal),
  FOREIGN KEY (city_id, plan_id) REFERENCES plan (city_id, id)
);

-- What somebody means to make public and is looking at as the public would see it. A
-- working paper: nothing of it is in the ledger.
CREATE TABLE plan_preview (
  city_id    BIGINT NOT NULL,
  plan_id    BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  chosen     TEXT   NOT NULL,
  PRIMARY KEY (city_id, plan_id, account_id),
  FOREIGN KEY (city_id, plan_id) REFERENCES plan (city_id, id)
);
