-- +goose Up
-- Who handed their posts over to whom, from which day on, and what went along, as JSON
-- of identifiers and counts. finished is 1 once what waits for the first day was done.
CREATE TABLE handover (
  city_id        BIGINT NOT NULL,
  id             BIGINT NOT NULL,
  unit_id        BIGINT NOT NULL,
  predecessor_id BIGINT NOT NULL,
  successor_id   BIGINT NOT NULL,
  first_day      TEXT   NOT NULL,
  closes         BIGINT NOT NULL,
  finished       BIGINT NOT NULL,
  done_at        BIGINT NOT NULL,
  done_by        BIGINT NOT NULL,
  moved          TEXT   NOT NULL,
  PRIMARY KEY (city_id, id),
  FOREIGN KEY (city_id, unit_id) REFERENCES unit (city_id, id),
  FOREIGN KEY (city_id, predecessor_id) REFERENCES account (city_id, id),
  FOREIGN KEY (city_id, successor_id) REFERENCES account (city_id, id)
);
CREATE INDEX handover_by_unit ON handover (city_id, unit_id, id);
CREATE INDEX handover_waiting ON handover (city_id, finished, first_day);
