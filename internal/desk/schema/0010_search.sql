-- +goose Up
-- Where titles are looked for: two characters that stand side by side in one, as a
-- number, and the record. rank says what kind of record it is; within it the grams that
-- begin with one character lie together. The title itself is read from its record.
CREATE TABLE search_gram (
  city_id BIGINT NOT NULL,
  rank    BIGINT NOT NULL,
  gram    BIGINT NOT NULL,
  subject BIGINT NOT NULL,
  PRIMARY KEY (city_id, rank, gram, subject)
);

-- What is still to be indexed of what an older version wrote: the records of a source
-- after this one. A row goes when its source is done.
CREATE TABLE search_build (
  city_id BIGINT NOT NULL,
  source  BIGINT NOT NULL,
  after   BIGINT NOT NULL,
  PRIMARY KEY (city_id, source)
);
INSERT INTO search_build (city_id, source, after) SELECT city_id, 1, 0 FROM city;
INSERT INTO search_build (city_id, source, after) SELECT city_id, 2, 0 FROM city;
INSERT INTO search_build (city_id, source, after) SELECT city_id, 3, 0 FROM city;
INSERT INTO search_build (city_id, source, after) SELECT city_id, 4, 0 FROM city;
