-- +goose Up
-- The day of a unit that was asked while a collection ran; none is the day of all.
ALTER TABLE collection_owed ADD COLUMN due_day TEXT;

-- Sentences of plans that become no collection, and why.
CREATE TABLE collection_declined (
  city_id      BIGINT NOT NULL,
  milestone_id BIGINT NOT NULL,
  reason       TEXT   NOT NULL,
  declined_day TEXT   NOT NULL,
  post_id      BIGINT NOT NULL,
  PRIMARY KEY (city_id, milestone_id)
);
