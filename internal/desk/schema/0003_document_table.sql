-- +goose Up
-- What was done to the file, as sentences in JSON, and which format it had: NULL
-- where an older version took it in, which took text only.
ALTER TABLE document ADD COLUMN notes TEXT;

ALTER TABLE document ADD COLUMN format TEXT;

-- A table of a document: its place in the text, what stands above its columns, the
-- places of its cells, and what each column was taken for.
CREATE TABLE document_table (
  city_id     BIGINT NOT NULL,
  document_id BIGINT NOT NULL,
  ordinal     BIGINT NOT NULL,
  place       TEXT   NOT NULL,
  heads       TEXT   NOT NULL,
  grid        TEXT   NOT NULL,
  sheet       TEXT   NOT NULL,
  read_as     TEXT   NOT NULL,
  PRIMARY KEY (city_id, document_id, ordinal),
  FOREIGN KEY (city_id, document_id) REFERENCES document (city_id, id)
);
