-- +goose Up
-- What a sheet of facts (台账) says is sealed for as long as it is needed, and then deleted:
-- how it is read and what its file is called, and in parts the sheet itself, or the rows of
-- a large one that are still to be taken over. file_hash, file_name, read_as, digest and
-- rows_hash are those of older versions; nothing is written into them any more.
ALTER TABLE fact_import ADD COLUMN sealed BYTEA;
CREATE TABLE fact_import_part (
  city_id   BIGINT NOT NULL,
  import_id BIGINT NOT NULL,
  part      BIGINT NOT NULL,
  sealed    BYTEA  NOT NULL,
  PRIMARY KEY (city_id, import_id, part),
  FOREIGN KEY (city_id, import_id) REFERENCES fact_import (city_id, id)
);
