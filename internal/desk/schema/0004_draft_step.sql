-- +goose Up
-- Where an item stands that a person put in its place. NULL: as it was read. rank is
-- its place among the items of its plan (else ordinal in steps of 1048576), under the
-- node of the heading that it was moved to, span its own words where they are not
-- all those of its node.
ALTER TABLE plan_item ADD COLUMN rank BIGINT;

ALTER TABLE plan_item ADD COLUMN under BIGINT;

ALTER TABLE plan_item ADD COLUMN span TEXT;

-- Themes, as a list in JSON.
ALTER TABLE item ADD COLUMN tags TEXT;

-- What each person did to a draft, in the order in which it was done, with what became
-- of each record: so it is undone and done again, and what two people do at once is
-- told apart. Drafts are working papers; nothing of this is in the ledger.
CREATE TABLE draft_step (
  city_id    BIGINT NOT NULL,
  plan_id    BIGINT NOT NULL,
  seq        BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  done_at    BIGINT NOT NULL,
  pattern    TEXT   NOT NULL,
  args       TEXT   NOT NULL,
  edits      TEXT   NOT NULL,
  nodes      TEXT   NOT NULL,
  state      TEXT   NOT NULL,
  undoes     BIGINT NOT NULL,
  PRIMARY KEY (city_id, plan_id, seq),
  FOREIGN KEY (city_id, plan_id) REFERENCES plan (city_id, id)
);
