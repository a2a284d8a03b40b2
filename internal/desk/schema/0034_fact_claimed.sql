-- +goose Up
-- The class of evidence that was claimed, as the ledger vouches for it; NULL or empty of
-- rows that are no claims, and of claims that an older version took, of which it does not.
ALTER TABLE fact ADD COLUMN claimed TEXT;
