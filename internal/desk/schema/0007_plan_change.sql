-- +goose Up
-- What became of a record of a plan in force: NULL stands, withdrawn never was a
-- promise, cancelled is none any more. Records are never taken away.
ALTER TABLE item ADD COLUMN standing TEXT;

ALTER TABLE target ADD COLUMN standing TEXT;

ALTER TABLE milestone ADD COLUMN standing TEXT;

ALTER TABLE phase ADD COLUMN standing TEXT;

-- The document in which the words of a record stand. NULL: that on which its plan was
-- taken into force.
ALTER TABLE target ADD COLUMN document_id BIGINT;

ALTER TABLE milestone ADD COLUMN document_id BIGINT;

ALTER TABLE phase ADD COLUMN document_id BIGINT;

ALTER TABLE question ADD COLUMN document_id BIGINT;

-- One act by which a plan in force was changed, and why. version is that of the plan
-- which it made; as it was taken into force it is version 1 and has no row.
CREATE TABLE plan_change (
  city_id      BIGINT NOT NULL,
  plan_id      BIGINT NOT NULL,
  version      BIGINT NOT NULL,
  kind         TEXT   NOT NULL,
  cause        TEXT   NOT NULL,
  basis        TEXT   NOT NULL,
  approved_by  TEXT   NOT NULL,
  approved_day TEXT   NOT NULL,
  source_id    BIGINT NOT NULL,
  entered_at   BIGINT NOT NULL,
  post_id      BIGINT NOT NULL,
  account_id   BIGINT NOT NULL,
  PRIMARY KEY (city_id, plan_id, version),
  FOREIGN KEY (city_id, plan_id) REFERENCES plan (city_id, id)
);

-- What it made of each item and what hangs on it (item_id 0: of the plan itself), the
-- fields as they were and as they became.
CREATE TABLE plan_change_part (
  city_id BIGINT NOT NULL,
  plan_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  part    BIGINT NOT NULL,
  item_id BIGINT NOT NULL,
  edits   TEXT   NOT NULL,
  PRIMARY KEY (city_id, plan_id, version, part),
  FOREIGN KEY (city_id, plan_id, version) REFERENCES plan_change (city_id, plan_id, version)
);

-- The documents of a plan: version 1 is that on which it was taken into force; there is
-- no row while that is the only one. adopted_at is 0 while one is only compared.
CREATE TABLE plan_document (
  city_id      BIGINT NOT NULL,
  plan_id      BIGINT NOT NULL,
  version      BIGINT NOT NULL,
  document_id  BIGINT NOT NULL,
  number       TEXT   NOT NULL,
  approved_by  TEXT   NOT NULL,
  approved_day TEXT   NOT NULL,
  adopted_at   BIGINT NOT NULL,
  released     BIGINT NOT NULL, -- 1 where what it says anew was looked over and made public
  places       TEXT   NOT NULL,
  PRIMARY KEY (city_id, plan_id, version),
  FOREIGN KEY (city_id, plan_id) REFERENCES plan (city_id, id),
  FOREIGN KEY (city_id, document_id) REFERENCES document (city_id, id)
);

-- What a re-issued document says otherwise, what that makes of the plan, and what was
-- decided: pending, applied (change_version says by which amendment), declined with a
-- reason, or noted where only words differ.
CREATE TABLE plan_difference (
  city_id        BIGINT NOT NULL,
  plan_id        BIGINT NOT NULL,
  document_id    BIGINT NOT NULL,
  ordinal        BIGINT NOT NULL,
  kind           TEXT   NOT NULL,
  said           TEXT   NOT NULL,
  effect         TEXT   NOT NULL,
  state          TEXT   NOT NULL,
  reason         TEXT   NOT NULL,
  change_version BIGINT NOT NULL,
  decided_at     BIGINT NOT NULL,
  PRIMARY KEY (city_id, plan_id, document_id, ordinal),
  FOREIGN KEY (city_id, plan_id) REFERENCES plan (city_id, id)
);
