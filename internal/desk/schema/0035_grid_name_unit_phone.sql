-- +goose Up
-- A grid may hold the names of persons before they are reported, so what is typed into it
-- is sealed. typed holds what an older version kept, and nothing of a newer one.
ALTER TABLE fact_grid_draft ADD COLUMN sealed BYTEA;
-- The telephone of a unit that everybody may ring; NULL or empty: none.
ALTER TABLE unit ADD COLUMN public_phone TEXT;
