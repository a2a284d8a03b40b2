-- +goose Up
-- A list of units is kept as a sheet of facts is (0033): sealed while it is needed, and then
-- deleted. file_hash, file_name and digest are those of older versions; nothing is written
-- into them any more.
ALTER TABLE unit_import ADD COLUMN sealed BYTEA;
CREATE TABLE unit_import_part (
  city_id   BIGINT NOT NULL,
  import_id BIGINT NOT NULL,
  part      BIGINT NOT NULL,
  sealed    BYTEA  NOT NULL,
  PRIMARY KEY (city_id, import_id, part),
  FOREIGN KEY (city_id, import_id) REFERENCES unit_import (city_id, id)
);
