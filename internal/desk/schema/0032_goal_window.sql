-- +goose Up
-- The seasons of each year in which a goal can be worked on, as 0601_0916; NULL or empty:
-- any day.
ALTER TABLE goal ADD COLUMN windows TEXT;
